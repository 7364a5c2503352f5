package runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the docs whose tables a measurement writes anew: what stands between two marks, and nothing else. */
public final class DocsPage {
    private static final String BEGIN = "<!-- figures -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private DocsPage() {}

    public static void write(Path page, String figures) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), figures));
    }

    static String replaced(String page, String figures) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the page has no place for figures");
        }
        return page.substring(0, begin + BEGIN.length()) + figures + "\n" + page.substring(end);
    }
}
