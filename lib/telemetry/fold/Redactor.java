package telemetry.fold;

import contract.KnownSecrets;
import contract.SecretShapes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes secrets out of text before it leaves: the values of variables that hold secrets, and whatever has the shape of one.
 * Thread-safe.
 */
public final class Redactor {
    public static final String REDACTED = KnownSecrets.REDACTED;
    private static final int REMEMBERED = 4_096;
    private static final int REMEMBERED_LENGTH = 256;

    /** Texts known to be clean: names and ids come again and again, and searching takes microseconds each. */
    private final Set<String> clean = ConcurrentHashMap.newKeySet();
    private final KnownSecrets known;

    private Redactor(KnownSecrets known) {
        this.known = known;
    }

    /** Knows the values of the environment's variables with a secret's name. */
    public static Redactor of(Map<String, String> environment) {
        return new Redactor(KnownSecrets.of(environment));
    }

    /** The text without secrets; the same object when there was none. */
    public String redact(String text) {
        if (clean.contains(text)) {
            return text;
        }
        String redacted = search(text);
        if (!redacted.equals(text)) {
            return redacted;
        }
        if (text.length() <= REMEMBERED_LENGTH) {
            if (clean.size() >= REMEMBERED) {
                clean.clear();
            }
            clean.add(text);
        }
        return text;
    }

    private String search(String text) {
        return SecretShapes.hide(known.hide(text));
    }
}
