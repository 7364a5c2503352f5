package claude;

import fuzz.Target;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import workers.LineReader;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all() {
        List<byte[]> lines = java.util.stream.Stream.of(
                "{'type':'system','subtype':'init','session_id':'c1','model':'m','claude_code_version':'2.1.330','tools':['Bash']}",
                "{'type':'assistant','message':{'id':'1','model':'m','usage':{'input_tokens':5,'output_tokens':7,"
                        + "'cache_read_input_tokens':3},'content':[{'type':'text','text':'hello'},{'type':'tool_use','id':'t1',"
                        + "'name':'Bash','input':{'command':'ls -l'}}]},'session_id':'c1'}",
                "{'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':'no'}]}}",
                "{'type':'result','subtype':'success','is_error':false,'num_turns':2,'duration_ms':10,'duration_api_ms':9,"
                        + "'result':'done','total_cost_usd':0.0125,'usage':{'input_tokens':5,'output_tokens':7},"
                        + "'modelUsage':{'m':{'inputTokens':5,'outputTokens':7,'costUSD':0.0125}},'permission_denials':[{'tool_name':"
                        + "'Bash','tool_use_id':'t2','tool_input':{'command':'curl'}}]}")
                .map(line -> (line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8)).toList();
        StreamJson parser = new StreamJson(Path.of("/project"));
        return List.of(new Target("stream-json", lines, input -> {
            try (LineReader reader = new LineReader(new ByteArrayInputStream(input))) {
                while (reader.next()) {
                    parser.parse(reader);
                }
            }
        }));
    }
}
