package codex;

import fuzz.Target;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workers.LineReader;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all() {
        List<byte[]> lines = Stream.of(
                "{'type':'thread.started','thread_id':'t-1'}",
                "{'type':'item.completed','item':{'id':'i1','type':'command_execution','command':'/bin/bash -lc \\'make test\\'',"
                        + "'aggregated_output':'ok','exit_code':0,'status':'completed'}}",
                "{'type':'item.completed','item':{'id':'i2','type':'agent_message','text':'done'}}",
                "{'type':'item.completed','item':{'id':'i3','type':'file_change','changes':[{'path':'a.txt','kind':'add'}]}}",
                "{'type':'turn.completed','usage':{'input_tokens':5,'cached_input_tokens':3,'output_tokens':7}}",
                "{'type':'turn.failed','error':{'message':'usage limit reached, try again in 3 days 4 hours'}}")
                .map(line -> (line.replace("\\'", "'").replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8)).toList();
        CodexJson parser = new CodexJson(Path.of("/project"));
        return List.of(new Target("Codex's lines", lines, input -> {
            try (LineReader reader = new LineReader(new ByteArrayInputStream(input))) {
                while (reader.next()) {
                    parser.parse(reader);
                }
            }
        }));
    }
}
