package rehearsal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the stand-ins that are programs of their own share: how they are started, and how they write JSON without a library. */
final class StandInProgram {
    /** The system property with the script, see {@link RehearsalScript#encodeRounds}. */
    private static final String SCRIPT = "rehearsal.script";

    private StandInProgram() {}

    /** The command line that starts one on this machine, with this JVM and the classes it came from. */
    static List<String> command(Class<?> program, RehearsalScript script) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for a moment only: the first compiler only, and the collector that starts fastest.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-D" + SCRIPT + "="
                + script.encodeRounds(), "-cp", classes(program), program.getName()));
        return command;
    }

    /** The script that this program was started with. */
    static RehearsalScript script() {
        return RehearsalScript.decodeRounds(System.getProperty(SCRIPT));
    }

    static PrintStream stdout() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    static String stdin() throws IOException {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A JSON string. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** A JSON object of texts and lists of texts. */
    static String object(Map<String, ?> fields) {
        return fields.entrySet().stream().map(field -> quote(field.getKey()) + ":" + value(field.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        return value instanceof List<?> list ? list.stream().map(item -> quote(item.toString()))
                .collect(Collectors.joining(",", "[", "]")) : quote(value.toString());
    }

    private static String classes(Class<?> program) {
        try {
            return Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
