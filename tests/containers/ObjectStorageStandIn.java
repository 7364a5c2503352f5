package containers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A STAND-IN for an object storage: what Tempo's client asks of S3 for small blocks, in memory, for one bucket. It looks at the
 * name of the key that a request is signed with, not at the signature.
 */
final class ObjectStorageStandIn implements HttpHandler {
    private static final int NO_BODY = -1;

    private final String bucket;
    private final String accessKey;
    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    ObjectStorageStandIn(String bucket, String accessKey) {
        this.bucket = bucket;
        this.accessKey = accessKey;
    }

    /** The names of what is in the bucket. */
    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String key = path.replaceFirst("^/" + bucket + "/?", "");
            if (!path.startsWith("/" + bucket)) {
                error(exchange, 404, "NoSuchBucket", "The specified bucket does not exist.");
            } else if (!exchange.getRequestHeaders().getOrDefault("Authorization", List.of("")).get(0)
                    .contains("Credential=" + accessKey + "/")) {
                error(exchange, 403, "InvalidAccessKeyId", "The access key ID you provided does not exist in our records.");
            } else if (key.isEmpty()) {
                answer(exchange, 200, list(parameters(exchange)).getBytes(StandardCharsets.UTF_8));
            } else {
                object(exchange, key, body);
            }
        }
    }

    private void object(HttpExchange exchange, String key, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(key, content(exchange, body));
                exchange.getResponseHeaders().set("ETag", "\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"");
                exchange.sendResponseHeaders(200, NO_BODY);
            }
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, NO_BODY);
            }
            case "GET", "HEAD" -> {
                byte[] found = objects.get(key);
                if (found == null) {
                    error(exchange, 404, "NoSuchKey", "The specified key does not exist.");
                } else {
                    send(exchange, found);
                }
            }
            default -> error(exchange, 501, "NotImplemented", exchange.getRequestMethod() + " is not known to this stand-in");
        }
    }

    private static void send(HttpExchange exchange, byte[] object) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"" + Integer.toHexString(Arrays.hashCode(object)) + "\"");
        exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            answer(exchange, 200, object);
            return;
        }
        String[] bounds = range.replace("bytes=", "").split("-", 2);
        int from = bounds[0].isEmpty() ? object.length - Integer.parseInt(bounds[1]) : Integer.parseInt(bounds[0]);
        int to = bounds[0].isEmpty() || bounds[1].isEmpty() ? object.length - 1
                : Math.min(object.length - 1, Integer.parseInt(bounds[1]));
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + object.length);
        answer(exchange, 206, Arrays.copyOfRange(object, from, to + 1));
    }

    /** ListObjects, its first and its second version, in one page. */
    private String list(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String delimiter = parameters.getOrDefault("delimiter", "");
        String after = parameters.getOrDefault("start-after", parameters.getOrDefault("marker", ""));
        TreeSet<String> folders = new TreeSet<>();
        StringBuilder contents = new StringBuilder();
        objects.forEach((name, object) -> {
            int end = name.startsWith(prefix) && !delimiter.isEmpty() ? name.indexOf(delimiter, prefix.length()) : -1;
            if (end >= 0) {
                folders.add(name.substring(0, end + 1));
            } else if (name.startsWith(prefix) && name.compareTo(after) > 0) {
                contents.append("<Contents><Key>").append(name).append("</Key><Size>").append(object.length)
                        .append("</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>");
            }
        });
        StringBuilder xml = new StringBuilder("<ListBucketResult><Name>" + bucket + "</Name><Prefix>" + prefix
                + "</Prefix><IsTruncated>false</IsTruncated>").append(contents);
        folders.stream().filter(folder -> folder.compareTo(after) > 0).forEach(folder -> xml.append("<CommonPrefixes><Prefix>")
                .append(folder).append("</Prefix></CommonPrefixes>"));
        return xml.append("</ListBucketResult>").toString();
    }

    /** What was put: without TLS the client signs it in pieces, each after a line with its length and its signature. */
    private static byte[] content(HttpExchange exchange, byte[] body) {
        String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        if (hash == null || !hash.startsWith("STREAMING-")) {
            return body;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            int length = Integer.parseInt(new String(body, at, end - at, StandardCharsets.US_ASCII).replaceFirst(";.*", ""),
                    16);
            if (length == 0) {
                return plain.toByteArray();
            }
            plain.write(body, end + 2, length);
            at = end + 2 + length + 2;
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : (query == null ? "" : query).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return parameters;
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        answer(exchange, status, ("<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
    }
}
