package embedded.model;

import com.google.protobuf.ByteString;
import contract.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * What makes a series: the metric, who sent it, and its attributes.
 *
 * @param attributes sorted, values as text
 * @param resource the resource as protobuf
 * @param scopeSchema the schema URL of the scope, possibly empty
 */
public record SeriesKey(String name, String unit, String description, MetricKind kind, boolean monotonic, ByteString resource,
        ByteString scope, String scopeSchema, SortedMap<String, String> attributes) {
    private static final long OBJECT_BYTES = 320;
    /** An attribute's objects, as if they were characters. */
    private static final int ATTRIBUTE_CHARS = 70;

    /** Whether it only grows, so that several of them can be added up. */
    public boolean accumulates() {
        return kind == MetricKind.HISTOGRAM || kind == MetricKind.EXPONENTIAL_HISTOGRAM || kind == MetricKind.SUM && monotonic;
    }

    /** About how many bytes it holds; a resource that several series share counts for each. */
    public long bytes() {
        long chars = (long) name.length() + unit.length() + description.length() + scopeSchema.length();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            chars += attribute.getKey().length() + attribute.getValue().length() + ATTRIBUTE_CHARS;
        }
        return OBJECT_BYTES + Character.BYTES * chars + resource.size() + scope.size();
    }

    /** The same for the same series, in 32 bytes; the description is not part of a series' identity. */
    public byte[] digest() {
        MessageDigest sha = Sha256.digest();
        field(sha, name);
        field(sha, unit);
        field(sha, kind.name() + monotonic);
        sha.update(resource.toByteArray());
        sha.update((byte) 0);
        sha.update(scope.toByteArray());
        if (!scopeSchema.isEmpty()) {
            field(sha, scopeSchema);
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            field(sha, attribute.getKey());
            field(sha, attribute.getValue());
        }
        return sha.digest();
    }

    /** The same for all series that differ only in who sent them, in 32 bytes. */
    public byte[] familyDigest() {
        return familyDigest(name, unit, kind, monotonic, attributes);
    }

    /** As {@link #familyDigest()}, of its parts. @param attributes sorted */
    public static byte[] familyDigest(String name, String unit, MetricKind kind, boolean monotonic,
            SortedMap<String, String> attributes) {
        MessageDigest sha = Sha256.digest();
        for (String text : new String[] {name, unit, kind.name() + monotonic}) {
            whole(sha, text);
        }
        attributes.forEach((key, value) -> {
            whole(sha, key);
            whole(sha, value);
        });
        return sha.digest();
    }

    private static void whole(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }

    /** Eight hex digits that tell it from others. */
    public String shortDigest() {
        return HexFormat.of().formatHex(digest(), 0, 4);
    }

    private static void field(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update((byte) (bytes.length >>> 8));
        sha.update((byte) bytes.length);
        sha.update(bytes);
    }
}
