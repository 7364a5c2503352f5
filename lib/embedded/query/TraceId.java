package embedded.query;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Trace ids as people and URLs write them: 32 hex digits. */
public final class TraceId {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    private TraceId() {}

    /** Any id as people write it. */
    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    public static Optional<byte[]> parse(String text) {
        String hex = text.strip().toLowerCase(Locale.ROOT);
        return HEX.matcher(hex).matches() ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
    }
}
