package containers.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks the engine one thing, over a connection of its own. The client that Testcontainers makes can do all, and loading it takes
 * longer than everything that a usual command asks for.
 */
public final class PlainRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 16 * 1024;
    /** More than a thousand containers need. */
    private static final int LARGEST = 32 << 20;

    private PlainRequest() {}

    /**
     * An answer.
     *
     * @param date the header of that name; null when there is none
     */
    public record Reply(int status, String date, String body) {
        public JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    /** Asks with GET. @throws SocketTimeoutException when that takes longer than the patience, which is for all of it */
    public static Reply get(URI engine, String path, Duration patience) throws IOException {
        return send(engine, Optional.empty(), new Asked("GET", path, "", new byte[0]), patience);
    }

    /**
     * A request.
     *
     * @param type of the body, as HTTP names it; empty when there is no body
     */
    record Asked(String method, String path, String type, byte[] body) {
        private byte[] head() {
            String content = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
            // 1.0: the answer comes in one piece and ends with the connection.
            return (method + " " + path + " HTTP/1.0\r\nHost: docker\r\n" + content + "Content-Length: " + body.length
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Sends any request. @param tls empty for a plain connection */
    static Reply send(URI engine, Optional<SSLContext> tls, Asked asked, Duration patience) throws IOException {
        Duplex connection = Duplex.open(engine, tls, patience);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                byte[] head = asked.head();
                connection.write(head, head.length);
                connection.write(asked.body(), asked.body().length);
                answer.complete(readAll(connection));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        }, "engine-look");
        reader.setDaemon(true);
        reader.start();
        try {
            return parse(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer in " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            connection.close();
        }
    }

    private static byte[] readAll(Duplex connection) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[CHUNK];
        for (int read = connection.read(buffer); read >= 0; read = connection.read(buffer)) {
            all.write(buffer, 0, read);
            if (all.size() > LARGEST) {
                throw new IOException("the answer is larger than " + LARGEST + " bytes");
            }
        }
        return all.toByteArray();
    }

    private static Reply parse(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String[] head = (end < 0 ? text : text.substring(0, end)).split("\r\n");
        String[] first = head[0].split(" ", 3);
        if (end < 0 || first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("\\d{3}")) {
            throw new IOException("it does not speak HTTP");
        }
        String date = null;
        for (String header : head) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("date:")) {
                date = header.substring("date:".length()).strip();
            } else if (name.startsWith("transfer-encoding:")) {
                throw new IOException("it answers in pieces, which was not asked for");
            }
        }
        return new Reply(Integer.parseInt(first[1]), date, text.substring(end + 4));
    }
}
