package fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Damages inputs, always in the same way for the same seed. */
final class Mutator {
    /** What has broken parsers before: numbers, depths, lengths, characters. */
    private static final List<byte[]> TOKENS = bytes("1e9999999", "-1e9999999999", "1e-999999999", "99999999999999999999999",
            "-9223372036854775808", "NaN", "1.7976931348623157e309", "-0", "[".repeat(3_000), "{\"a\":".repeat(2_000), "null",
            "true", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\u0000", "\u001b[2J", "\ufeff", "\n", "\r", "\\", "\"", ",", ":", "{",
            "}", "-eyJ".repeat(2_000), "A".repeat(20_000), "${HOME}", "$(id)", "=", "#", "'", "PT99999999999H",
            "+1000000000-12-31T23:59:59Z", "../../../etc/passwd", "file:///dev/zero", "\u202e");
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_COPY = 4_096;

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    private static List<byte[]> bytes(String... texts) {
        return java.util.stream.Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** One of the seeds, changed at some places. */
    byte[] next(List<byte[]> seeds) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = changed(input, seeds);
        }
        return input;
    }

    private byte[] changed(byte[] input, List<byte[]> seeds) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + random.nextInt(40));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input, at);
            case 1 -> spliced(input, at, end, new byte[0]);
            case 2 -> spliced(input, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
            case 3 -> spliced(input, at, end, TOKENS.get(random.nextInt(TOKENS.size())));
            case 4 -> spliced(input, at, input.length, new byte[0]);
            case 5 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                int to = Math.min(other.length, from + random.nextInt(LONGEST_COPY));
                yield spliced(input, at, end, java.util.Arrays.copyOfRange(other, from, to));
            }
            default -> number(input);
        };
    }

    private byte[] flipped(byte[] input, int at) {
        if (input.length == 0) {
            return input;
        }
        byte[] copy = input.clone();
        copy[Math.min(at, copy.length - 1)] = (byte) random.nextInt(256);
        return copy;
    }

    /** Another number in place of one that is there. */
    private byte[] number(byte[] input) {
        int at = random.nextInt(input.length + 1);
        while (at < input.length && !(input[at] >= '0' && input[at] <= '9')) {
            at++;
        }
        int end = at;
        while (end < input.length && (input[end] >= '0' && input[end] <= '9' || input[end] == '.')) {
            end++;
        }
        return spliced(input, at, end, TOKENS.get(random.nextInt(8)));
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + between.length);
        out.write(input, 0, from);
        out.writeBytes(between);
        out.write(input, Math.max(from, to), input.length - Math.max(from, to));
        return out.toByteArray();
    }
}
