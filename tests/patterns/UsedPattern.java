package patterns;

import java.util.regex.Pattern;

/**
 * A regular expression of the product, as it stands in a source.
 *
 * @param place file and line
 * @param name of the constant that holds it; empty where it has none
 * @param whole whether it is only ever asked about a whole text, so that it begins at one place
 * @param measured whether it is only ever given a {@code checks.MeasuredText}, which ends what reads too much
 * @param known whether its text could be told from the source; parts that could not are a word
 */
record UsedPattern(String place, String name, String text, int flags, boolean whole, boolean measured,
        boolean known) {
    Pattern compiled() {
        return Pattern.compile(text, flags);
    }

    String file() {
        return place.substring(0, place.indexOf(':'));
    }

    @Override
    public String toString() {
        return place + " " + name + " " + text;
    }
}
