package embedded.intake;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import embedded.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * OTLP/JSON, which is protobuf's own JSON but for two things: trace and span ids are hex, not base64, and enumerations are
 * numbers. Unknown fields are ignored, as the specification wants.
 */
public final class OtlpJson {
    private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId", "trace_id", "span_id",
            "parent_span_id");
    /** Deeper than any telemetry, and far from the end of the stack. */
    private static final int MAX_DEPTH = 200;

    private OtlpJson() {}

    /** @throws IOException when it is no JSON, or not of this signal's form */
    public static byte[] toProtobuf(Signal signal, byte[] body) throws IOException {
        Message.Builder builder = switch (signal) {
            case TRACES -> ExportTraceServiceRequest.newBuilder();
            case METRICS -> ExportMetricsServiceRequest.newBuilder();
            case LOGS -> ExportLogsServiceRequest.newBuilder();
        };
        String text = new String(body, StandardCharsets.UTF_8);
        requireShallow(text);
        try {
            JsonElement json = JsonParser.parseString(text);
            if (!json.isJsonObject()) {
                throw new IOException("not an object");
            }
            rewriteIds(json, OtlpJson::hexToBase64);
            JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), builder);
        } catch (InvalidProtocolBufferException | JsonParseException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return builder.build().toByteArray();
    }

    /** The other way: a message as OTLP/JSON. */
    public static String fromProtobuf(MessageOrBuilder message) throws InvalidProtocolBufferException {
        JsonElement json = JsonParser.parseString(JsonFormat.printer().printingEnumsAsInts()
                .omittingInsignificantWhitespace()
                .print(message));
        rewriteIds(json, OtlpJson::base64ToHex);
        return json.toString();
    }

    /** Gson recurses; a body of a million brackets must not end the thread's stack. */
    private static void requireShallow(String text) throws IOException {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if ((c == '{' || c == '[') && ++depth > MAX_DEPTH) {
                throw new IOException("nested deeper than " + MAX_DEPTH);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    private static void rewriteIds(JsonElement json, UnaryOperator<String> rewrite) {
        if (json instanceof JsonArray array) {
            array.forEach(element -> rewriteIds(element, rewrite));
        } else if (json instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> field : object.entrySet()) {
                JsonElement value = field.getValue();
                if (IDS.contains(field.getKey()) && value.isJsonPrimitive()) {
                    field.setValue(new JsonPrimitive(rewrite.apply(value.getAsString())));
                } else {
                    rewriteIds(value, rewrite);
                }
            }
        }
    }

    private static String hexToBase64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String base64ToHex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }
}
