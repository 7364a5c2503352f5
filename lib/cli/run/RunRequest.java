package cli.run;

import agent.Limits;
import agent.RunEvent;
import agent.Task;
import agent.loop.History;
import agent.loop.Supervision;
import console.Console;
import console.Format;
import console.ProgramName;
import contract.EvidenceLevel;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.Entry;
import journal.JournalReader;
import journal.Origins;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import journal.Takeover;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A run that is ready to start: its command line has been checked.
 *
 * @param history rebuilt from {@code earlier}, the events of the session's runs so far
 * @param environment including the variables from the project's {@code .env}
 * @param notes for the user, shown first
 */
public record RunRequest(Console console, Map<String, String> environment, RunOptions options, Supervision plan, History history,
        List<RunEvent> earlier, List<String> notes) {

    private static final int SHOWN = 300;

    /** Builds a request for a new or a continued session. */
    public static final class Builder {
        private final Console console;
        private final Map<String, String> environment;
        private final RunOptions options;

        private final CommandSpec command;
        private final List<String> notes = new ArrayList<>();
        private List<String> kept = List.of();

        /** @param command the command line that was parsed into {@code options} */
        public Builder(Console console, Map<String, String> environment, RunOptions options, CommandSpec command) {
            this.console = console;
            this.environment = environment;
            this.options = options;
            this.command = command;
        }

        public RunRequest begin(String text, RunOptions.Material material) {
            String id = Sessions.newId(LocalDateTime.now());
            Path directory = rehearsesInAFolderOfItsOwn() ? RehearsalFolder.make(id, environment) : options.directory();
            List<Task.Screenshot> pictures = new ArrayList<>(pictures(material));
            List<Task.ContextFile> texts = new ArrayList<>();
            material.contextFolder.ifPresent(folder -> {
                texts.addAll(ContextFolder.texts(folder));
                pictures.addAll(ContextFolder.pictures(folder));
            });
            Task task = new Task(id, text, directory, texts, pictures);
            return request(task, List.of(), options.rehearse, Optional.empty());
        }

        /** A rehearsal writes a sample program and runs its check, so it uses a folder only if the user named one for it. */
        private boolean rehearsesInAFolderOfItsOwn() {
            return options.rehearse && !command.commandLine().getParseResult().hasMatchedOption("--working-dir");
        }

        /** @param id a session's id or an unambiguous part of it; empty for the newest */
        public RunRequest resume(String id, Optional<String> further) {
            StateHome home = StateHome.of(environment);
            Sessions sessions = new Sessions(home, options.directory());
            SessionSummary found = sessions.find(Optional.of(id).filter(i -> !i.isEmpty()));
            refuse(found, further);
            Path directory = placeOf(found);
            SessionSummary session = takenOver(home, sessions, found, directory);
            JournalReader.Contents contents = sessions.read(session);
            List<RunEvent> earlier = contents.entries().stream().map(Entry::event).toList();
            History history = replay(earlier);
            Task first = history.task().orElseThrow();
            kept = history.settings();
            KeptOptions.inherit(command, kept).forEach(word -> notes.add("continuing with " + Format.oneLine(word, SHOWN)
                    + " (given when the session began)"));
            String text = further.map(f -> first.text() + "\n\nThen: " + f).orElse(first.text());
            Task task = new Task(session.id(), text, directory, first.context(), first.screenshots());
            return request(task, earlier, session.rehearsal(), further);
        }

        private void refuse(SessionSummary session, Optional<String> further) {
            if (session.status().equals("running")) {
                throw Failure.error("session " + session.id() + " is in use by another pa", "wait for it to end, or end it", null);
            }
            if (options.rehearse && !session.rehearsal()) {
                throw Failure.usage("session " + session.id() + " was a real run; it cannot be continued as a rehearsal",
                        "leave --rehearse out");
            }
            if (session.status().equals(contract.Status.COMPLETED.value()) && further.isEmpty()) {
                throw Failure.usage("session " + session.id() + " is completed", "give its next step: "
                        + ProgramName.withDirectory("pa -s " + session.id(), session.directory()) + " \"…\"");
            }
        }

        /** Where the session continues: in the folder on the command line, otherwise where it was. */
        private Path placeOf(SessionSummary session) {
            if (command.commandLine().getParseResult().hasMatchedOption("--working-dir") || session.directory().isEmpty()
                    || sameFile(session.directory().get(), options.directory())) {
                return options.directory();
            }
            Path directory = session.directory().get();
            if (!Files.isDirectory(directory)) {
                throw Failure.selfCheck("the working directory of session " + session.id() + " is gone: " + directory,
                        "if the project was moved: " + "pa resume " + session.id() + " -d NEW_FOLDER");
            }
            notes.add("working in " + directory + ", where the session began");
            return directory;
        }

        private SessionSummary takenOver(StateHome home, Sessions sessions, SessionSummary session, Path directory) {
            if (session.folder().startsWith(home.project(directory).folder())) {
                return session;
            }
            notes.add(new Takeover(home).take(session, directory));
            return sessions.find(Optional.of(session.id()));
        }

        private static boolean sameFile(Path one, Path other) {
            try {
                return Files.isSameFile(one, other);
            } catch (IOException e) {
                // One of them does not exist.
                return false;
            }
        }

        private RunRequest request(Task task, List<RunEvent> earlier, boolean rehearsal, Optional<String> further) {
            if (!rehearsal) {
                settingsFiles(task.directory());
            }
            if (rehearsal && options.workerCommand.isPresent()) {
                throw Failure.usage("--rehearse and --worker-cmd cannot be used together: a rehearsal has a worker of its own",
                        "leave one of them out; --reasoner rules needs no model either");
            }
            if (options.noVerify && options.verify.isPresent()) {
                throw Failure.usage("--verify and --no-verify cannot be used together", "give one of them");
            }
            options.refuseUnreachableEvidence();
            EnvironmentFile.Merged merged = EnvironmentFile.read(task.directory(), environment);
            notes.addAll(merged.notes());
            if (!Files.isWritable(task.directory())) {
                throw Failure.selfCheck("the working directory cannot be written to: " + task.directory(),
                        "choose another with -d DIR, or make it writable");
            }
            return new RunRequest(console, merged.environment(), options,
                    new Supervision(task, options.limits(), new Supervision.Terms(!options.noVerify, options.noVerify
                            ? EvidenceLevel.NONE : options.evidence.wanted(), options.wait, options.endStalledRounds), rehearsal,
                            further, settings(), Optional.empty(), Origins.here(environment)), replay(earlier), earlier, notes);
        }

        /** Options that are neither on the command line nor kept from an earlier run come from the settings files. */
        private void settingsFiles(Path directory) {
            // Check the command line first, so that a wrong option there is not blamed on a file.
            options.limits();
            List<String> users = SettingsFiles.user(environment);
            List<String> projects = SettingsFiles.project(directory);
            users = without(users, kept);
            apply(users, SettingsFiles.userFile(environment));
            for (String word : without(without(projects, users), kept)) {
                Limits before = options.limits();
                List<Runnable> undo = KeptOptions.remember(command, List.of(word));
                apply(List.of(word), directory.resolve(SettingsFiles.OF_PROJECT));
                if (raises(before, options.limits())) {
                    undo.forEach(Runnable::run);
                    notes.add(directory.resolve(SettingsFiles.OF_PROJECT) + " can only lower a limit: " + word + " is ignored");
                }
            }
        }

        private void apply(List<String> words, Path file) {
            try {
                KeptOptions.inherit(command, words);
                options.limits();
            } catch (ParameterException e) {
                throw Failure.usage(file + ": " + e.getMessage(), "options: pa --help");
            } catch (Failure e) {
                throw Failure.usage(file + ": " + e.getMessage(), e.hint());
            }
        }

        private static boolean raises(Limits before, Limits after) {
            return after.maxIterations() > before.maxIterations() || after.workerIdle().compareTo(before.workerIdle()) > 0
                    || after.workerTotal().compareTo(before.workerTotal()) > 0;
        }

        private static List<String> without(List<String> words, List<String> others) {
            return words.stream().filter(word -> others.stream().noneMatch(other -> name(other).equals(name(word)))).toList();
        }

        private static String name(String word) {
            return word.split("=", 2)[0].replaceFirst("^--no-", "--");
        }

        /** The options for a later resume: those that this run took over, followed by those of its command line. */
        private List<String> settings() {
            List<String> settings = new ArrayList<>(kept);
            for (String typed : KeptOptions.of(command)) {
                String name = typed.split("=", 2)[0];
                settings.removeIf(word -> word.split("=", 2)[0].equals(name));
                settings.add(typed);
            }
            return List.copyOf(settings);
        }

        private static History replay(List<RunEvent> events) {
            History history = new History();
            events.forEach(history::on);
            return history;
        }

        private static List<Task.Screenshot> pictures(RunOptions.Material material) {
            List<Task.Screenshot> pictures = new ArrayList<>();
            List<String> words = material.screenshot;
            for (int i = 0; i < words.size(); i++) {
                boolean described = i + 1 < words.size() && !Files.exists(Path.of(words.get(i + 1)));
                pictures.add(ContextFolder.picture(Path.of(words.get(i)), described ? words.get(i + 1) : ""));
                i += described ? 1 : 0;
            }
            material.added.forEach(path -> pictures.add(ContextFolder.picture(path, "")));
            return pictures;
        }
    }
}
