package gemini;

import agent.decision.FunctionName;
import fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The readers of this room for {@link fuzz.Fuzz}. */
public final class FuzzTargets {
    private FuzzTargets() {}

    public static List<Target> all() {
        List<byte[]> answers = java.util.stream.Stream.of(
                "{'candidates':[{'content':{'role':'model','parts':[{'text':'think','thought':true},{'functionCall':{'name':"
                        + "'run_tests','args':{'test_command':'make test'}},'thoughtSignature':'c2ln'}]},'finishReason':'STOP'}],"
                        + "'usageMetadata':{'promptTokenCount':100,'candidatesTokenCount':20,'thoughtsTokenCount':5,"
                        + "'cachedContentTokenCount':10},'modelVersion':'m-001','responseId':'r'}",
                "{'candidates':[{'content':{'role':'model','parts':[{'functionCall':{'name':'verify_product','args':{'port':8080,"
                        + "'endpoints_to_test':['/a','/b']}}}]},'finishReason':'MALFORMED_FUNCTION_CALL'}]}",
                "{'promptFeedback':{'blockReason':'SAFETY'}}",
                "{'error':{'code':429,'message':'Quota','status':'RESOURCE_EXHAUSTED','details':[{'@type':"
                        + "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'3.5s'}]}}")
                .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).toList();
        return List.of(new Target("Gemini's answers", answers, input -> {
            GenerateResponse.parse(input).ifPresent(response -> AnswerReader.read(response, Set.of(FunctionName.values())));
            ErrorResponse.parse(input);
        }));
    }
}
