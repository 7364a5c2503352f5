package console;

import contract.OpenFiles;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the usual commands of a program once, so that the JVM can note which classes they need. {@code ./jbang}
 * starts it in the background, in folders of its own, and makes an archive of those classes.
 */
public final class ClassTraining {
    private static final long PATIENCE_SECONDS = 60;
    private static final int WIDTH = 100;

    private ClassTraining() {}

    /**
     * Runs these commands one after the other; what they say and how they end does not matter. The process is ended with 1 when
     * they have not all ended after a minute.
     *
     * @param main the class that people start, which is only loaded
     * @param program makes the program that prints to this console; its answer takes a command line
     */
    public static void run(String main, Function<Console, Consumer<String[]>> program,
            List<List<String>> commands) {
        giveUp();
        try {
            Class.forName(main);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        // As the class that people start does first.
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
