package gemini;

import contract.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reasoning.Excerpt;
import reasoning.Prices;

/** The name of a model without {@code models/}, and the model's properties that follow from the name. */
record ModelName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?(-.*)?");
    private static final String PREFIX = "models/";

    /** @throws Failure (usage) when the text cannot be a model's name */
    static ModelName of(String name) {
        String bare = bare(name.strip());
        if (!ALLOWED.matcher(bare).matches()) {
            throw Failure.usage("'" + Excerpt.line(name, 80) + "' is not the name of a model",
                    "for instance --model " + GeminiOptions.DEFAULT_MODEL);
        }
        return new ModelName(bare);
    }

    /** Whether the answering version is this model or a release of it. */
    boolean answeredBy(String version) {
        return unreleased(value).equals(unreleased(bare(version)));
    }

    /** The name without the release's date or number. */
    static String unreleased(String name) {
        return Prices.unreleased(bare(name));
    }

    /** Whether it can summarize its thinking: its thinking is on by default, or always. */
    boolean thinks() {
        Matcher version = VERSION.matcher(value);
        if (!version.matches()) {
            return value.startsWith("gemini-");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        // 2.5 Flash-Lite thinks only on request, and refuses to summarize thinking that is off.
        return major >= 3 || (major == 2 && minor >= 5 && !value.contains("-lite"));
    }

    /** Whether a function call in the history must carry a thought signature: Gemini 3 and later. */
    boolean wantsSignatures() {
        Matcher version = VERSION.matcher(value);
        return version.matches() ? Integer.parseInt(version.group(1)) >= 3 : value.startsWith("gemini-");
    }

    private static String bare(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }
}
