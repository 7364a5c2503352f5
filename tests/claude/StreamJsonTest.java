package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Usd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workers.LineReader;

class StreamJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"subtype":"api_retry","attempt":1,"max_retries":2,"retry_delay_ms":581,\
            "error_status":401,"error":"authentication_failed"} \
            | api_retry | attempt 1 of 2 failed: 401 authentication_failed, next in 581 ms
            {"subtype":"compact_boundary","compact_metadata":{"trigger":"auto","pre_tokens":1000}} \
            | compact_boundary | the conversation was compacted (auto, 1000 tokens before)
            {"subtype":"permission_denied","tool_name":"Bash","decision_reason_type":"rule",\
            "message":"canary in the command"} | permission_denied | Bash (rule)
            """)
    void systemLinesBecomeNotices(String line, String kind, String text) throws IOException {
        assertEquals(new StreamLine.Notice(kind, text), parse(line.replaceFirst("\\{", "{\"type\":\"system\",")));
    }

    @Test
    void whatNobodyKnowsIsShownRaw() throws IOException {
        assertEquals(new StreamLine.Notice("task_started", "{\"type\":\"system\",\"subtype\":\"task_started\",\"x\":1}"),
                parse("{\"type\":\"system\",\"subtype\":\"task_started\",\"x\":1}"));
        StreamLine.Notice notice = (StreamLine.Notice) parse("{\"type\":\"new\",\"x\":\"" + "y".repeat(100_000) + "\"}");
        assertTrue(notice.text().length() <= LineReader.HEAD);
    }

    @Test
    void longTextsAreCutAndSaidToBe() throws IOException {
        StreamLine.Assistant line = (StreamLine.Assistant) parse(FakeClaude.says("y".repeat(StreamJson.MAX_TEXT + 5)));
        assertTrue(line.texts().get(0).endsWith("… (5 more characters)"));
    }

    @Test
    void aLineOfManyBlocksStaysBounded() throws IOException {
        String block = "{\"type\":\"text\",\"text\":\"" + "y".repeat(10_000) + "\"}";
        StreamLine.Assistant line = (StreamLine.Assistant) parse(
                FakeClaude.message("m", String.join(",", java.util.Collections.nCopies(1_000, block))));
        assertTrue(line.texts().size() <= 100);
        assertTrue(line.texts().stream().mapToInt(String::length).sum() < 2 * StreamJson.MAX_TEXT);
    }

    @Test
    void binaryNoiseDoesNotEnterTheBooks() throws IOException {
        StreamLine.Result result = (StreamLine.Result) parse(FakeClaude.success("0.0027080000000000003"));
        assertEquals(Usd.of("0.002708"), result.spent().totalCost().orElseThrow());
        assertEquals(Usd.of("20"), ((StreamLine.Result) parse(FakeClaude.success("2e1"))).spent().totalCost().orElseThrow());
        assertFalse(((StreamLine.Result) parse(FakeClaude.success("\"free\""))).spent().totalCost().isPresent());
        assertFalse(((StreamLine.Result) parse(FakeClaude.success("-1"))).spent().totalCost().isPresent());
    }

    /** Whatever is cut off or overwritten in a line, it gives something and never an exception. */
    @Test
    void damagedLinesNeverThrow() throws IOException {
        String[] whole = {FakeClaude.init(), FakeClaude.success("0.1"), FakeClaude.answered("t", true),
            FakeClaude.uses("t", "Write", "{\"file_path\":\"x\"}")};
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(whole[random.nextInt(whole.length)]);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                line.setCharAt(random.nextInt(line.length()), "{}[]\",:0x\u0000e-".charAt(random.nextInt(12)));
            }
            line.setLength(random.nextInt(line.length() + 1));
            parse(line.toString());
        }
    }

    private static StreamLine parse(String line) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        reader.next();
        return new StreamJson(Path.of("/work dir")).parse(reader);
    }
}
