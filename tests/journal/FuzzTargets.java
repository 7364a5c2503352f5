package journal;

import agent.loop.History;
import fuzz.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all(Path folder) throws IOException {
        StringBuilder whole = new StringBuilder();
        List<byte[]> lines = new ArrayList<>();
        long sequence = 0;
        for (agent.RunEvent event : JournalTest.everyEvent()) {
            String line = EventCodec.encode(new Entry(++sequence, Instant.parse("2026-11-26T03:00:00Z"), event)) + "\n";
            whole.append(line);
            lines.add(line.getBytes(StandardCharsets.UTF_8));
        }
        lines.add(whole.toString().getBytes(StandardCharsets.UTF_8));
        Path session = Files.createDirectories(folder.resolve("session"));
        Path state = Files.createDirectories(folder.resolve("state/unsent")).getParent();
        List<byte[]> marks = List.of("{\"traces/1/aa\":12,\"logs/1/aa\":7}".getBytes(StandardCharsets.UTF_8));
        List<byte[]> markers = List.of(("{\"session\":\"projects/p/sessions/s\",\"first\":1,\"endpoint\":\"http://localhost:4317\","
                + "\"started\":\"2026-11-26T03:00:00Z\"}").getBytes(StandardCharsets.UTF_8));
        return List.of(
                new Target("journal", lines, input -> {
                    Path file = session.resolve("journal.jsonl");
                    Files.write(file, input);
                    JournalReader.Contents contents = JournalReader.read(file);
                    SessionSummary.of("s", session, Optional.empty(), contents.entries(), false);
                    History history = new History();
                    contents.entries().forEach(entry -> history.on(entry.event()));
                    history.steps();
                    java.util.Objects.requireNonNull(history.totals(java.time.Duration.ZERO).cost().toString());
                }),
                new Target("watermarks", marks, input -> {
                    Files.write(session.resolve("watermarks.json"), input);
                    Watermarks.peek(session, "traces/1/aa");
                }),
                new Target("markers of unsent runs", markers, input -> {
                    Files.write(state.resolve("unsent/x.json"), input);
                    new Unsent(state).list();
                }));
    }
}
