package rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a stand-in for an agent does in a round: writes the sample program, or fixes what a failing check complains about. */
record SampleWork(Transcript transcript, RehearsalScript script, Path directory) {
    void round(String instruction) throws IOException, InterruptedException {
        transcript.begin();
        String failure = SampleProgram.failure(instruction);
        String said = failure.isEmpty() ? write() : fix(failure);
        say(said);
        transcript.end(said);
    }

    private String write() throws IOException, InterruptedException {
        say(Phrases.OPENING);
        Files.createDirectories(directory.resolve(SampleProgram.FOLDER));
        write(SampleProgram.GREET, SampleProgram.greet(script.faults()));
        write(SampleProgram.CHECK, SampleProgram.check(script.faults()));
        return Phrases.WRITTEN;
    }

    private void write(String file, String content) throws IOException, InterruptedException {
        String tool = use("Write", file, Map.of("content", content));
        Files.writeString(directory.resolve(file), content);
        transcript.answer(tool, "File created successfully", false);
    }

    private String fix(String failure) throws IOException, InterruptedException {
        Path file = directory.resolve(SampleProgram.GREET);
        SampleProgram.Replacement fixing = SampleProgram.fixing(failure);
        say(Phrases.LOOKING);
        String read = use("Read", SampleProgram.GREET, Map.of());
        if (!Files.exists(file)) {
            transcript.answer(read, "File does not exist.", true);
            return Phrases.NOTHING_TO_FIX;
        }
        String before = Files.readString(file);
        transcript.answer(read, before, false);
        String edit = use("Edit", SampleProgram.GREET,
                Map.of("old_string", fixing.oldText(), "new_string", fixing.newText()));
        if (!before.contains(fixing.oldText())) {
            transcript.answer(edit, "String to replace not found in file.", true);
            return Phrases.NOTHING_TO_FIX;
        }
        Files.writeString(file, fixing.applyTo(before));
        transcript.answer(edit, "The file has been updated successfully.", false);
        return Phrases.FIXED;
    }

    private void say(String text) throws InterruptedException {
        Thread.sleep(script.pause().toMillis());
        transcript.say(text);
    }

    private String use(String tool, String file, Map<String, String> more) throws InterruptedException {
        Thread.sleep(script.pause().toMillis());
        return transcript.use(tool, file, more);
    }
}
