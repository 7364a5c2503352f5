package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import agent.Usd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workers.LineReader;

class StreamJsonTest {
    private final FakeClaude.Recorder events = new FakeClaude.Recorder();

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
        parse(line.replaceFirst("\\{", "{\"type\":\"system\","));
        assertEquals(List.of(new RunEvent.WorkerNotice(kind, text)), events.events);
    }

    @Test
    void whatNobodyKnowsIsShownRaw() throws IOException {
        parse("{\"type\":\"system\",\"subtype\":\"task_started\",\"x\":1}");
        assertEquals(List.of("{\"type\":\"system\",\"subtype\":\"task_started\",\"x\":1}"), events.notices("task_started"));
        parse("{\"type\":\"new\",\"x\":\"" + "y".repeat(100_000) + "\"}");
        assertTrue(events.notices("new").get(0).length() <= LineReader.HEAD);
    }

    @Test
    void longTextsAreCutAndSaidToBe() throws IOException {
        assertTrue(parse(FakeClaude.says("y".repeat(StreamJson.MAX_TEXT + 5))).text().endsWith("… (5 more characters)"));
    }

    @Test
    void aLineOfManyBlocksStaysBounded() throws IOException {
        String block = "{\"type\":\"text\",\"text\":\"" + "y".repeat(10_000) + "\"}";
        parse(FakeClaude.message("m", String.join(",", java.util.Collections.nCopies(1_000, block))));
        List<String> texts = events.of(RunEvent.WorkerSaid.class).stream().map(RunEvent.WorkerSaid::text).toList();
        assertTrue(texts.size() <= 100);
        assertTrue(texts.stream().mapToInt(String::length).sum() < 2 * StreamJson.MAX_TEXT);
    }

    @Test
    void binaryNoiseDoesNotEnterTheBooks() throws IOException {
        assertEquals(Optional.of(Usd.of("0.002708")), cost("0.0027080000000000003"));
        assertEquals(Optional.of(Usd.of("20")), cost("2e1"));
        assertEquals(Optional.empty(), cost("\"free\""));
        assertEquals(Optional.empty(), cost("-1"));
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

    private Optional<Usd> cost(String told) throws IOException {
        return parse(FakeClaude.success(told)).result().orElseThrow().spent().totalCost();
    }

    /** A round that was told this line alone. */
    private Round parse(String line) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        reader.next();
        Round round = new Round(events);
        new StreamJson(Path.of("/work dir")).parse(reader).tell(round, 0);
        return round;
    }
}
