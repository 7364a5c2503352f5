package gemini;

import agent.RunEvent;
import agent.RunListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says things once. */
final class Notices {
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    void say(String text, RunListener listener) {
        if (said.add(text)) {
            listener.on(new RunEvent.Notice(text));
        }
    }

    /** Another model than the one that was asked for, and a price that is not known. */
    void about(GenerateResponse response, GeminiOptions options, boolean priced, RunListener listener) {
        String version = response.modelVersion();
        if (version != null && !ModelName.of(options.model()).answeredBy(version)) {
            say("asked for " + options.model() + ", answered by " + Excerpt.line(version, 80)
                    + ": behaviour and price are that model's", listener);
        }
        if (!priced) {
            say("no price is known for " + (version == null ? options.model() : Excerpt.line(version, 80))
                    + ": what it costs is not counted; a price can be added in " + options.prices().overrides(), listener);
        }
    }
}
