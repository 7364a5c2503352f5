package embedded.intake;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Walks the two outer levels that the three signals share, resource and scope, and hands out what lies in them as bytes, so
 * that it can be stored as it was sent. Field numbers are those of opentelemetry-proto, the same in all three signals.
 */
final class Envelope {
    private static final int RESOURCE_GROUPS = tag(1);
    private static final int RESOURCE = tag(1);
    private static final int SCOPE_GROUPS = tag(2);
    private static final int SCOPE = tag(1);
    private static final int ITEMS = tag(2);

    private Envelope() {}

    /** Is told of everything, from the outside in; a resource always before what belongs to it. */
    interface Visitor {
        void resource(byte[] resource) throws IOException;

        void scope(byte[] scope) throws IOException;

        /** A span, a metric or a log record. */
        void item(byte[] item) throws IOException;
    }

    static void walk(byte[] request, Visitor visitor) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(request);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == RESOURCE_GROUPS) {
                group(in.readByteArray(), RESOURCE, SCOPE_GROUPS, visitor::resource, scope -> scopeGroup(scope, visitor));
            } else {
                in.skipField(tag);
            }
        }
    }

    private static void scopeGroup(byte[] bytes, Visitor visitor) throws IOException {
        group(bytes, SCOPE, ITEMS, visitor::scope, visitor::item);
    }

    /** Protobuf lets fields stand in any order: the head is looked for first, then the members are given. */
    private static void group(byte[] bytes, int headTag, int memberTag, Part head, Part member) throws IOException {
        byte[] found = new byte[0];
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == headTag) {
                found = in.readByteArray();
            } else {
                in.skipField(tag);
            }
        }
        head.accept(found);
        in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == memberTag) {
                member.accept(in.readByteArray());
            } else {
                in.skipField(tag);
            }
        }
    }

    private static int tag(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    @FunctionalInterface
    private interface Part {
        void accept(byte[] bytes) throws IOException;
    }
}
