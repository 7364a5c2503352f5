package contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of a text what has the shape of a secret, whoever's it is; values that are known go by {@link KnownSecrets}. */
public final class SecretShapes {
    /** Each is a secret as a whole. */
    private static final Pattern SHAPES = Pattern.compile(String.join("|",
            "AIza[0-9A-Za-z_-]{20,}",                                       // Google API keys
            "ya29\\.[0-9A-Za-z_-]{20,}",                                    // Google access tokens
            "\\b[sr]k-[A-Za-z0-9_-]{16,}",                                  // OpenAI, Anthropic (sk-ant-…)
            "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}",                      // Stripe
            "\\bgh[pousr]_[A-Za-z0-9]{16,}", "\\bgithub_pat_[A-Za-z0-9_]{16,}",
            "\\bglpat-[A-Za-z0-9_-]{16,}", "\\bnpm_[A-Za-z0-9]{20,}", "\\bxox[a-z]-[A-Za-z0-9-]{10,}",
            "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b",                              // AWS access key ids
            // JSON Web Tokens. What stands before one in the same run of letters goes with it: only so is each run read once.
            "(?<![A-Za-z0-9_-])(?>[A-Za-z0-9_-]*?eyJ)[A-Za-z0-9_-]{6,}+\\.[A-Za-z0-9_-]{6,}+(?:\\.[A-Za-z0-9_-]*+)?",
            "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)"));

    /** The name stays, the value goes: headers, assignments as in {@code API_KEY=… ./run.sh}, JSON members, options. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:\\b(?:proxy-)?authorization|\\b(?:set-)?cookie|\\bx-goog-api-key"
                    // Bounded and possessive, or a long run of letters takes time by its square.
                    + "|(?:(?:api|access|private)[_-]?key|secret|token(?!s)|passw(?:or)?d|credential)[\\w-]{0,40}+)"
                    + "[\"']?\\s*[:=]\\s*[\"']?)((?:(?:bearer|basic|token|digest)\\s+)?[^\\s\"',;&]{4,})");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)([A-Za-z0-9._~+/=-]{8,})");
    /** The password in {@code https://user:password@host}. */
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*:)([^\\s/@]+)(?=@)");

    private SecretShapes() {}

    /** The text without secrets; where a name says that a value is one, the name stays. */
    public static String hide(String text) {
        String rest = SHAPES.matcher(text).replaceAll(Matcher.quoteReplacement(KnownSecrets.REDACTED));
        rest = keepName(NAMED, rest);
        rest = keepName(BEARER, rest);
        return keepName(USER_INFO, rest);
    }

    private static String keepName(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.replaceAll("$1" + Matcher.quoteReplacement(KnownSecrets.REDACTED)) : text;
    }
}
