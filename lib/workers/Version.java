package workers;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Claude Code. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern NUMBERS = Pattern.compile("(?<![0-9.])(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor).thenComparingInt(Version::patch);

    /** The first version in a text such as {@code 2.1.330 (Claude Code)}. */
    public static Optional<Version> in(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.find() ? Optional.of(new Version(Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)))) : Optional.empty();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
