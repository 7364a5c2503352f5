package openai;

import fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import reasoning.Reply;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all() {
        List<byte[]> answers = Stream.of(
                "{'id':'c1','model':'m-1','choices':[{'finish_reason':'tool_calls','message':{'role':'assistant','content':null,"
                        + "'tool_calls':[{'id':'t1','type':'function','function':{'name':'run_tests','arguments':'{}'}}]}}],"
                        + "'usage':{'prompt_tokens':100,'completion_tokens':20,'prompt_tokens_details':{'cached_tokens':50}}}",
                "{'choices':[{'finish_reason':'stop','message':{'role':'assistant','content':'hello','refusal':'no'}}]}",
                "{'error':{'message':'Rate limit reached','type':'tokens','code':'rate_limit_exceeded'}}")
                .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).toList();
        return List.of(new Target("chat completions", answers, input -> ChatResponse.parse(new Reply.Answer(input,
                Map.of("x-litellm-response-cost", "1e9999999"))).ifPresent(response -> {
                    response.cut();
                    response.filtered();
                    response.refusal();
                    response.call();
                })));
    }
}
