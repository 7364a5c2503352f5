package console;

import contract.OpenFiles;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the usual commands of a program once, so that the JVM can record the classes they need. {@code ./jbang} starts it in the
 * background, in separate folders, and makes an archive of those classes.
 */
public final class ClassTraining {
    private static final long PATIENCE_SECONDS = 60;
    private static final int WIDTH = 100;

    private ClassTraining() {}

    /**
     * Runs these commands one after the other. Their output and exit codes are ignored. If they need more than a minute, the
     * process ends with exit code 1.
     *
     * @param main the program's main class; it is loaded, but not started
     * @param program makes the program that prints to this console; the result takes a command line
     */
    public static void run(String main, Function<Console, Consumer<String[]>> program,
            List<List<String>> commands) {
        giveUp();
        try {
            Class.forName(main);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        // The main class does this first, too.
        OpenFiles.lacking();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        for (List<String> command : commands) {
            program.apply(new Console(nowhere, nowhere, WIDTH)).accept(command.toArray(String[]::new));
        }
    }

    private static void giveUp() {
        Thread watch = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "training-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
