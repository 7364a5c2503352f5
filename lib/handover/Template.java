package handover;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that comes with the program, with places for values: {@code @image.tempo@}. */
final class Template {
    private static final String FOLDER = "/stack-handover/";
    private static final Pattern PLACE = Pattern.compile("@([a-z][a-z.-]*)@");

    private Template() {}

    static boolean exists(String name) {
        return Template.class.getResource(FOLDER + name) != null;
    }

    /** The file as it is. */
    static String text(String name) {
        try (InputStream in = Template.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + FOLDER + name
                        + "; lib/handover/package-info.java needs its //FILES line");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with its places filled; one that has no value is a mistake of ours. */
    static String filled(String name, Map<String, String> values) {
        return PLACE.matcher(text(name)).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException(name + " asks for @" + place.group(1) + "@");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
