package embedded.intake;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import embedded.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the two outer levels that the three signals share, resource and scope, and hands out what lies in them, so that it
 * can be stored as it was sent. It walks the request's own bytes: nothing is copied but resources, scopes and what the
 * visitor keeps. Field numbers are those of opentelemetry-proto, the same in all three signals.
 */
final class Envelope {
    private static final int RESOURCE_GROUPS = tag(1);
    private static final int HEAD = tag(1);
    private static final int MEMBERS = tag(2);
    private static final int SCHEMA_URL = tag(3);
    /** Of a schema's URL: longer ones are no URLs. */
    private static final int MAX_SCHEMA_BYTES = 1024;

    private Envelope() {}

    /** Is told of everything, from the outside in; a resource always before what belongs to it. */
    interface Visitor {
        /** @param schema the URL of the schema that its names follow, possibly empty */
        void resource(byte[] resource, String schema) throws IOException;

        void scope(byte[] scope, String schema) throws IOException;

        /** A span, a metric or a log record: so many bytes from {@code offset} on. */
        void item(byte[] request, int offset, int length) throws IOException;
    }

    static void walk(byte[] request, Visitor visitor) throws IOException {
        each(request, 0, request.length, RESOURCE_GROUPS, (resourceAt, resourceLength) -> {
            head(request, resourceAt, resourceLength, visitor::resource);
            each(request, resourceAt, resourceLength, MEMBERS, (scopeAt, scopeLength) -> {
                head(request, scopeAt, scopeLength, visitor::scope);
                each(request, scopeAt, scopeLength, MEMBERS, (at, length) -> visitor.item(request, at, length));
            });
        });
    }

    /** Protobuf lets fields stand in any order: the head is looked for before the members are given. */
    private static void head(byte[] request, int offset, int length, Head head) throws IOException {
        byte[][] found = {new byte[0]};
        String[] schema = {""};
        each(request, offset, length, HEAD, (at, size) -> {
            if (size > IntakeLimits.SENDER_BYTES) {
                throw new Bytes.NoRoom(new Rejection(Rejection.Kind.TOO_LARGE, "a resource or a scope may have up to "
                        + IntakeLimits.SENDER_BYTES + " bytes"));
            }
            found[0] = Arrays.copyOfRange(request, at, at + size);
        });
        each(request, offset, length, SCHEMA_URL, (at, size) -> {
            if (size <= MAX_SCHEMA_BYTES) {
                schema[0] = new String(request, at, size, StandardCharsets.UTF_8);
            }
        });
        head.accept(found[0], schema[0]);
    }

    /** Gives every field with this tag by its place; all others are passed over. */
    private static void each(byte[] request, int offset, int length, int wanted, Part part) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(request, offset, length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == wanted) {
                int size = in.readRawVarint32();
                int at = offset + in.getTotalBytesRead();
                if (size < 0 || size > offset + length - at) {
                    throw new InvalidProtocolBufferException("a field is longer than what holds it");
                }
                part.accept(at, size);
                in.skipRawBytes(size);
            } else {
                in.skipField(tag);
            }
        }
    }

    private static int tag(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    @FunctionalInterface
    private interface Head {
        void accept(byte[] bytes, String schema) throws IOException;
    }

    @FunctionalInterface
    private interface Part {
        void accept(int at, int size) throws IOException;
    }
}
