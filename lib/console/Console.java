package console;

import contract.Variables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The two output streams of a program. {@link #out} is for data that another program could read, {@link #note} for progress,
 * warnings and errors. A reader that has closed the pipe is not an error.
 */
public final class Console {
    private static final int BUFFER = 8192;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outTerminal;
    private final boolean live;
    private final Palette outPalette;
    private final Palette errPalette;
    private volatile int width;
    private final ProgramName program;
    private volatile Optional<Path> stateFolder = Optional.empty();

    /** For tests, and for output to other streams: never a terminal, no colour. */
    public Console(PrintStream out, PrintStream err, int width) {
        this(out, err, false, false, new Palette(Palette.Colours.NONE, true), new Palette(Palette.Colours.NONE, true), width,
                ProgramName.SHORT);
    }

    Console(PrintStream out, PrintStream err, boolean outTerminal, boolean live, Palette outPalette, Palette errPalette,
            int width, ProgramName program) {
        this.out = out;
        this.err = err;
        this.outTerminal = outTerminal;
        this.live = live;
        this.outPalette = outPalette;
        this.errPalette = errPalette;
        this.width = width;
        this.program = program;
    }

    /**
     * The process's own streams, in UTF-8. {@code FORCE_COLOR} asks for colour where there is no terminal and beats
     * {@code NO_COLOR}, which asks for none. A dumb terminal and the log of a CI job get plain lines.
     */
    public static Console system(Map<String, String> environment) {
        boolean outTerminal = Terminal.is(1);
        boolean errTerminal = Terminal.is(2);
        boolean plain = "dumb".equals(environment.getOrDefault("TERM", "")) || Variables.on(environment.getOrDefault("CI", ""));
        boolean unicode = unicode(environment);
        // A user who forces colour has a terminal behind the pipe.
        boolean forced = !environment.getOrDefault(Variables.FORCE_COLOR, "").isEmpty();
        int width = outTerminal || errTerminal || forced ? Terminal.width(environment) : Integer.MAX_VALUE;
        Console console = new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), outTerminal, errTerminal && !plain,
                new Palette(colours(environment, outTerminal && !plain), unicode),
                new Palette(colours(environment, errTerminal && !plain), unicode), width, ProgramName.of(environment));
        if (console.live) {
            Terminal.whenResized(environment, columns -> console.width = columns);
        }
        return console;
    }

    /** How many colours a stream can show. */
    static Palette.Colours colours(Map<String, String> environment, boolean terminal) {
        String forced = environment.getOrDefault(Variables.FORCE_COLOR, "");
        boolean off = !environment.getOrDefault(Variables.NO_COLOR, "").isEmpty();
        if (forced.equals("0") || forced.isEmpty() && (off || !terminal)) {
            return Palette.Colours.NONE;
        }
        boolean many = environment.getOrDefault("TERM", "").contains("256color")
                || !environment.getOrDefault("COLORTERM", "").isEmpty() || forced.matches("[23]");
        return many ? Palette.Colours.MANY : Palette.Colours.SIXTEEN;
    }

    /** The same console with another stdout, as wide and as coloured. */
    Console printingTo(PrintStream elsewhere) {
        return new Console(elsewhere, err, outTerminal, live, outPalette, errPalette, width, program);
    }

    /** A line of data. */
    public void out(String line) {
        out.println(outPalette.plainSigns(line));
        out.flush();
    }

    /** A next step or a hint. Its commands are changed so that they can be pasted here. Print it with {@link #note} or {@link #out}. */
    public String pasteable(String text) {
        return program.in(stateFolder.map(folder -> ProgramName.withStateFolder(text, folder)).orElse(text));
    }

    /**
     * A hint or a next step after its label, as lines to print with {@link #note} or {@link #out}. Each alternative ends a line; its
     * commands are changed so that they can be pasted here.
     */
    public List<String> steps(String label, String text) {
        return Steps.lines(label, Format.printable(pasteable(text)));
    }

    /** Remembers the state folder of the command line: printed commands that continue a session name it too. */
    public void stateFolder(Path typed) {
        stateFolder = Optional.of(typed);
    }

    /** A line for the user. */
    public void note(String line) {
        err.println(errPalette.plainSigns(line));
        err.flush();
    }

    /** Whether the reader of {@link #out} has gone. */
    public boolean outGone() {
        return out.checkError();
    }

    /** Stdout for raw bytes. Flushing it fails when its reader has gone. The caller does not close it. */
    public OutputStream outBytes() {
        return new Bytes(out);
    }

    /** Stderr for raw bytes. Flushing it fails when its reader has gone. The caller does not close it. */
    public OutputStream errBytes() {
        return new Bytes(err);
    }

    /** Text without a line end on stderr, for a line that will be drawn again. */
    void draw(String text) {
        err.print(text);
        err.flush();
    }

    /** Colours for {@link #out}. */
    public Palette outPalette() {
        return outPalette;
    }

    /** Colours for {@link #note}. */
    public Palette palette() {
        return errPalette;
    }

    public boolean outIsTerminal() {
        return outTerminal;
    }

    /** Whether a user can type on stdin and see stdout. */
    public boolean interactive() {
        return outTerminal && Terminal.is(0);
    }

    /** Whether a user sees stderr on a terminal where a line can be drawn again. */
    public boolean live() {
        return live;
    }

    /** Columns of the terminal, also after a resize; a very large number without a terminal, so that nothing is cut in a pipe. */
    public int width() {
        return width;
    }

    /** A {@link PrintStream} hides all errors, but a caller that passes on an endless stream must learn of them. */
    private static final class Bytes extends OutputStream {
        private final PrintStream stream;

        Bytes(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) {
            stream.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            stream.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (stream.checkError()) {
                throw new IOException("nobody reads this any more");
            }
        }
    }

    private static boolean unicode(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).contains("UTF");
            }
        }
        // No locale at all means a bare container or a service: their logs are UTF-8 today.
        return true;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), false,
                StandardCharsets.UTF_8);
    }
}
