package rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Plays the model behind Claude Code: has the sample program written, and fixes the line that a failing check complains
 * about. All it knows stands in the conversation it is sent, so that it can be resumed and asked twice.
 *
 * @param directory the working directory, absolute: tools want whole paths
 */
record SampleWorker(Path directory, int faults) implements Function<MessagesRequest, ModelTurn> {
    @Override
    public ModelTurn apply(MessagesRequest conversation) {
        if (!conversation.tools()) {
            return ModelTurn.say("Rehearsal");
        }
        if (!conversation.shape().isEmpty()) {
            return SampleJudge.answer(conversation);
        }
        String failure = SampleProgram.failure(conversation.instruction());
        return failure.isEmpty() ? write(conversation.steps()) : fix(failure, conversation.steps());
    }

    private ModelTurn write(List<MessagesRequest.Step> steps) {
        if (!written(steps, SampleProgram.GREET)) {
            return write(steps, SampleProgram.GREET, SampleProgram.greet(faults), steps.isEmpty() ? Phrases.OPENING : "");
        }
        if (!written(steps, SampleProgram.CHECK)) {
            return write(steps, SampleProgram.CHECK, SampleProgram.check(faults), "");
        }
        return ModelTurn.say(Phrases.WRITTEN);
    }

    /** Claude Code wants a file of an earlier rehearsal to be read before it is overwritten. A third failure is the last. */
    private ModelTurn write(List<MessagesRequest.Step> steps, String file, String content, String words) {
        List<MessagesRequest.Step> own = steps.stream().filter(s -> s.file().equals(name(file))).toList();
        long failed = own.stream().filter(MessagesRequest.Step::failed).count();
        if (failed > 2) {
            return ModelTurn.say("I cannot write " + file + ".");
        }
        boolean refused = !own.isEmpty() && own.get(own.size() - 1).tool().equals("Write");
        if (refused) {
            return ModelTurn.use("The file is there already, so I read it first.", "Read", path(file));
        }
        return ModelTurn.use(words, "Write", path(file).put("content", content));
    }

    private ModelTurn fix(String failure, List<MessagesRequest.Step> steps) {
        SampleProgram.Replacement fixing = SampleProgram.fixing(failure);
        if (steps.isEmpty()) {
            return ModelTurn.use(Phrases.LOOKING, "Read", path(SampleProgram.GREET));
        }
        MessagesRequest.Step last = steps.get(steps.size() - 1);
        if (last.failed()) {
            return ModelTurn.say(Phrases.NOTHING_TO_FIX);
        }
        if (last.tool().equals("Edit")) {
            return ModelTurn.say(Phrases.FIXED);
        }
        return ModelTurn.use("", "Edit", path(SampleProgram.GREET).put("old_string", fixing.oldText())
                .put("new_string", fixing.newText()));
    }

    private static boolean written(List<MessagesRequest.Step> steps, String file) {
        return steps.stream().anyMatch(s -> s.tool().equals("Write") && s.file().equals(name(file)) && s.answered()
                && !s.failed());
    }

    private ObjectNode path(String file) {
        return JsonNodeFactory.instance.objectNode().put("file_path", directory.resolve(file).toString());
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
