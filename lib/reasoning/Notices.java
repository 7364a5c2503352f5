package reasoning;

import agent.RunEvent;
import agent.RunListener;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says things once. */
public final class Notices {
    private static final int NAME_SHOWN = 80;

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    public void say(String text, RunListener listener) {
        if (said.add(text)) {
            listener.on(new RunEvent.Notice(text));
        }
    }

    /**
     * Another model than the one that was asked for, and a price that is not known.
     *
     * @param answered the model that the API says has answered; empty when it does not say
     * @param same whether that is the one that was asked for, perhaps as a dated release of it
     * @param priced whether its price is known
     */
    public void about(String asked, Optional<String> answered, boolean same, boolean priced, Prices prices,
            RunListener listener) {
        answered.filter(model -> !same).ifPresent(model -> say("asked for " + asked + ", answered by "
                + Excerpt.line(model, NAME_SHOWN) + ": behaviour and price are that model's", listener));
        if (!priced) {
            say("no price is known for " + Excerpt.line(answered.orElse(asked), NAME_SHOWN)
                    + ": what it costs is not counted; a price can be added in " + prices.overrides(), listener);
        }
    }
}
