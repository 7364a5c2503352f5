package reasoning;

import agent.decision.FunctionName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions that the model may call: their descriptions for the model, and the types of their arguments. The names of functions
 * and arguments are those of the original AgentProxy.
 */
public final class FunctionTable {
    /** The type of an argument. */
    public enum Type {
        STRING("a string"), INTEGER("a whole number"), STRINGS("an array of strings");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** The type in a sentence: "must be …". */
        public String words() {
            return words;
        }
    }

    /** @param allowed the only values; empty allows any */
    public record Parameter(String name, Type type, boolean required, String description, List<String> allowed) {}

    /** A function and its arguments. */
    public record Declared(FunctionName name, String description, List<Parameter> parameters) {}

    private static final Map<FunctionName, Declared> ALL = new EnumMap<>(FunctionName.class);

    static {
        declare(FunctionName.SEND_TO_WORKER, "Gives the worker its next instruction and lets it work. You get back its answer, "
                + "the changed files, and the result of the automatic check of the new state.",
                required("instruction", Type.STRING, "What to do now: concrete, complete in itself, with the decisive lines "
                        + "of any failure and how you will tell that it is fixed"),
                optional("context", Type.STRING, "Why, if the worker needs to know"));
        declare(FunctionName.RUN_TESTS, "Runs the project's check in the working directory. Passes when the exit code is 0. "
                + "Any other command needs the human's permission and is usually refused.",
                optional("test_command", Type.STRING, "Leave it out to run the check; or the check with arguments that make it "
                        + "run less, such as a test file"));
        declare(FunctionName.VERIFY_CODE, "Checks the syntax of files without running them, which proves nothing about the work. "
                + "Runs them only with the human's permission.",
                required("file_paths", Type.STRINGS, "Relative to the working directory, at least one"));
        declare(FunctionName.CHECK_SERVER, "Asks a running server on this machine. Passes when it answers with success.",
                required("url", Type.STRING, "For instance http://127.0.0.1:5000/health"));
        declare(FunctionName.VERIFY_PRODUCT, "Starts the product, talks to it, stops it, with the human's permission. For a server or a "
                + "page that has to be seen working.",
                new Parameter("product_type", Type.STRING, false, "Leave it out to let PA find it out",
                        List.of("api_server", "ui_app", "script", "auto")),
                optional("start_command", Type.STRING, "The command that starts it; no shell"),
                optional("port", Type.INTEGER, "The port that it listens on"),
                optional("endpoints_to_test", Type.STRINGS, "Paths such as /api/items; each must answer with success"),
                optional("ui_actions", Type.STRINGS, "Texts that its pages must show"));
        declare(FunctionName.READ_FILE, "Reads a file of the working directory.",
                required("file_path", Type.STRING, "Relative to the working directory"));
        declare(FunctionName.REVIEW_CHANGES, "Shows what changed since the run began, for you to judge.",
                optional("file_paths", Type.STRINGS, "Only these; leave it out for all"),
                optional("context", Type.STRING, "What you look for"));
        declare(FunctionName.CREATE_TASK, "Adds to your own task list, for a task of several parts.",
                required("description", Type.STRING, "What is to be done"),
                new Parameter("assignee", Type.STRING, false, "Who does it", List.of("claude", "pa")),
                optional("priority", Type.INTEGER, "0 is the highest"));
        declare(FunctionName.UPDATE_TASK, "Changes an entry of your task list.",
                required("task_id", Type.STRING, "Its id"),
                new Parameter("status", Type.STRING, true, "Its new status",
                        List.of("pending", "in_progress", "blocked", "completed")),
                optional("notes", Type.STRING, "Notes to remember"));
        declare(FunctionName.COMPLETE_TASK, "Marks an entry of your task list as completed.",
                required("task_id", Type.STRING, "Its id"),
                optional("notes", Type.STRING, "Why it is completed"));
        declare(FunctionName.MARK_DONE, "Ends the run as completed. Refused, with the reason, unless it is earned.",
                required("summary", Type.STRING, "What was accomplished, for the human"),
                optional("verified_items", Type.STRINGS, "What was verified, and by what"));
        declare(FunctionName.SAVE_SESSION, "Gives up for now; the human can resume the session. Only when nothing that you "
                + "or the worker can do brings the task further.",
                required("reason", Type.STRING, "What stands in the way and what the human would have to do"),
                optional("error_type", Type.STRING, "One word, if an error stands in the way"),
                optional("status_code", Type.INTEGER, "Its number, if it has one"));
    }

    private FunctionTable() {}

    public static Declared of(FunctionName name) {
        return ALL.get(name);
    }

    /** The offered functions in the order of the enumeration, so that the same offer gives the same request. */
    public static List<FunctionName> callable(Set<FunctionName> offered) {
        return ALL.keySet().stream().filter(offered::contains).toList();
    }

    private static void declare(FunctionName name, String description, Parameter... parameters) {
        ALL.put(name, new Declared(name, description, List.of(parameters)));
    }

    private static Parameter required(String name, Type type, String description) {
        return new Parameter(name, type, true, description, List.of());
    }

    private static Parameter optional(String name, Type type, String description) {
        return new Parameter(name, type, false, description, List.of());
    }
}
