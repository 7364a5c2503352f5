///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//COMPILE_OPTIONS -encoding UTF-8

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes docs/run.svg: runs a rehearsal, takes each line when it is printed, and draws them as they came. The words, the
 * colours and the times are the run's own; only the folder's name and the session's are shortened. {@code make recording}.
 */
class Recording {
    private static final int COLUMNS = 100;
    private static final double LINE = 18;
    private static final double LETTER = 7.83;
    private static final double MARGIN = 16;
    private static final double TYPED_SECONDS = 1.5;
    private static final double HOLD_SECONDS = 8;
    private static final String COMMAND = "./jbang pa --rehearse \"Create a hello world script\"";
    private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final Pattern LINK = Pattern.compile("\u001b\\]8;;[^\u001b]*\u001b\\\\");
    /** Colours that pa uses, as a dark terminal's theme shows them. */
    private static final Map<String, String> COLOURS = Map.of("160", "#ff7b72", "28", "#7ee787", "130", "#e3b341",
            "30", "#76e3ea");

    private record Line(double second, String text) {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path target = Path.of(arguments[0]);
        Files.writeString(target, svg(record()), StandardCharsets.UTF_8);
        System.err.println("wrote " + target);
    }

    private static List<Line> record() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("./jbang", "--quiet", "pa", "--rehearse", "--no-telemetry", "--display", "rich",
                "Create a hello world script").redirectErrorStream(true);
        builder.environment().putAll(Map.of("FORCE_COLOR", "3", "TERM", "xterm-256color", "COLUMNS", Integer.toString(COLUMNS),
                "LANG", "C.UTF-8"));
        builder.environment().remove("NO_COLOR");
        // The stand-in for the worker, which everybody has.
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        process.getOutputStream().close();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(0, "\u001b[1m$\u001b[0m " + COMMAND));
        long start = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                // The clock begins with the first line: before it JBang may have compiled.
                start = start == 0 ? System.nanoTime() : start;
                if (!line.contains("  in /")) {
                    double second = TYPED_SECONDS + (System.nanoTime() - start) / 1e9;
                    wrapped(line).forEach(part -> lines.add(new Line(second, part)));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the rehearsal ended with " + process.exitValue());
        }
        return lines;
    }

    /** What stands on stdout is not cut to the width: a terminal goes on in its next line. */
    private static List<String> wrapped(String line) {
        if (line.contains("\u001b")) {
            return List.of(line);
        }
        List<String> parts = new ArrayList<>();
        String rest = line;
        while (rest.length() > COLUMNS) {
            parts.add(rest.substring(0, COLUMNS));
            rest = rest.substring(COLUMNS);
        }
        parts.add(rest);
        return parts;
    }

    private static String svg(List<Line> lines) {
        double total = lines.get(lines.size() - 1).second() + HOLD_SECONDS;
        double width = COLUMNS * LETTER + 2 * MARGIN;
        double height = lines.size() * LINE + 2 * MARGIN + 24;
        StringBuilder style = new StringBuilder();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            double percent = Math.min(96, lines.get(i).second() / total * 100);
            style.append(String.format(Locale.ROOT, "@keyframes k%d{0%%{opacity:%d}%.2f%%{opacity:1}98%%{opacity:%d}}"
                    + "#l%d{animation:k%d %.1fs step-end infinite}%n", i, i == 0 ? 1 : 0, percent, i == 0 ? 1 : 0, i, i, total));
            body.append(String.format(Locale.ROOT, "<text id=\"l%d\" x=\"%.0f\" y=\"%.0f\" xml:space=\"preserve\">%s</text>%n", i,
                    MARGIN, MARGIN + 24 + (i + 1) * LINE - 5, spans(lines.get(i).text())));
        }
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" role="img"
                 aria-label="A rehearsed run of pa in a terminal: the worker writes, the check fails, PA gives the failure back, \
                the check passes">
                <style>
                text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#c9d1d9}
                .d{fill:#8b949e}.b{font-weight:700}
                %s@media (prefers-reduced-motion:reduce){text{animation:none!important}}
                </style>
                <rect width="100%%" height="100%%" rx="8" fill="#0d1117"/>
                <circle cx="20" cy="18" r="5" fill="#ff5f57"/><circle cx="38" cy="18" r="5" fill="#febc2e"/>\
                <circle cx="56" cy="18" r="5" fill="#28c840"/>
                %s</svg>
                """, width, height, width, style, body);
    }

    /** The text of a line with its colours. */
    private static String spans(String line) {
        String text = LINK.matcher(line).replaceAll("");
        StringBuilder spans = new StringBuilder();
        Matcher styles = STYLE.matcher(text);
        int from = 0;
        String open = "";
        while (styles.find()) {
            spans.append(span(text.substring(from, styles.start()), open));
            open = attributes(styles.group(1));
            from = styles.end();
        }
        return spans.append(span(text.substring(from), open)).toString();
    }

    private static String attributes(String codes) {
        return switch (codes) {
            case "1" -> " class=\"b\"";
            case "2" -> " class=\"d\"";
            default -> codes.startsWith("38;5;") ? " fill=\"" + COLOURS.getOrDefault(codes.substring(5), "#c9d1d9") + "\"" : "";
        };
    }

    private static String span(String text, String attributes) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return escaped.isEmpty() ? "" : attributes.isEmpty() ? escaped : "<tspan" + attributes + ">" + escaped + "</tspan>";
    }
}
