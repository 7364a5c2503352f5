package embedded.intake;

import com.google.protobuf.CodedOutputStream;
import embedded.Json;
import embedded.Log;
import embedded.Rejection;
import embedded.store.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The bodies of OTLP's answers, in protobuf and in JSON. */
final class Answers {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private Answers() {}

    /** Success, or partial success when some items were refused. */
    static byte[] success(Batch batch, boolean json) {
        if (json) {
            return jsonSuccess(batch).getBytes(StandardCharsets.UTF_8);
        }
        if (batch.rejected() == 0) {
            return new byte[0]; // the default message has no bytes
        }
        // The answers of the three signals have one form.
        byte[] partial = written(fields -> {
            fields.writeInt64(1, batch.rejected());
            fields.writeString(2, batch.rejectionMessage());
        });
        return written(response -> response.writeByteArray(1, partial));
    }

    private static String jsonSuccess(Batch batch) {
        if (batch.rejected() == 0) {
            return "{}";
        }
        String field = switch (batch.signal()) {
            case TRACES -> "rejectedSpans";
            case METRICS -> "rejectedDataPoints";
            case LOGS -> "rejectedLogRecords";
        };
        Map<String, Object> partial = new LinkedHashMap<>();
        partial.put(field, Long.toString(batch.rejected())); // 64-bit numbers are strings in protobuf's JSON
        partial.put("errorMessage", batch.rejectionMessage());
        return Json.write(Map.of("partialSuccess", partial));
    }

    /**
     * A {@code google.rpc.Status}, which the OTLP specification wants in every HTTP answer that is not a success; with
     * {@code RetryInfo} where the client may come again.
     */
    static byte[] failure(Rejection rejection, boolean json) {
        if (json) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("code", rejection.kind().grpc);
            status.put("message", rejection.getMessage());
            if (rejection.kind().isForNow()) {
                status.put("details", List.of(Map.of("@type", RETRY_INFO, "retryDelay",
                        IntakeLimits.RETRY_AFTER_SECONDS + "s")));
            }
            return Json.write(status).getBytes(StandardCharsets.UTF_8);
        }
        return written(status -> {
            status.writeInt32(1, rejection.kind().grpc);
            status.writeString(2, rejection.getMessage());
            if (rejection.kind().isForNow()) {
                byte[] delay = written(duration -> duration.writeInt64(1, IntakeLimits.RETRY_AFTER_SECONDS));
                byte[] info = written(retry -> retry.writeByteArray(1, delay));
                status.writeByteArray(3, written(any -> {
                    any.writeString(1, RETRY_INFO);
                    any.writeByteArray(2, info);
                }));
            }
        });
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What a failed future was meant to say. */
    static Rejection rejection(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? Optional.ofNullable(failure.getCause()).orElse(failure)
                : failure;
        if (cause instanceof Rejection rejection) {
            return rejection;
        }
        Log.warn("a request failed", cause);
        return new Rejection(Rejection.Kind.BUSY, "internal error: " + cause.getClass().getSimpleName(), cause);
    }
}
