package runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Tables that a measurement writes into the docs. */
class DocsPageTest {
    @Test
    void replacesTheFiguresAndNothingElse() {
        String page = "before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter\n";
        String written = DocsPage.replaced(page, "new");
        assertEquals("before\n<!-- figures -->\nnew\n<!-- end of figures -->\nafter\n", written);
        assertEquals(written, DocsPage.replaced(written, "new"), "again and again");
        assertThrows(IllegalStateException.class, () -> DocsPage.replaced("no place", "new"));
    }

    @Test
    void whatIsPrintedIsWrittenToo() {
        StringBuilder page = new StringBuilder();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Figures figures = new Figures(new PrintStream(printed, true, StandardCharsets.UTF_8)).alsoInto(page);
        figures.table("Kills");
        figures.row("  of these lost", "0 of 300", "0");
        Machine.rows(figures, "after");
        assertTrue(page.toString().startsWith("\n### Kills\n\n| what | figure | goal |\n|---|---|---|\n| of these lost | 0 of 300 | 0 |\n"),
                page.toString());
        assertTrue(page.toString().contains("| after | ") && page.toString().contains(" load "), page.toString());
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("of these lost"));
    }

    @Test
    void theSteadyPageHasItsPlace() throws Exception {
        String page = Files.readString(Repository.root().resolve("docs/steady.md"));
        assertTrue(DocsPage.replaced(page, "x").contains("<!-- figures -->\nx\n"));
    }
}
