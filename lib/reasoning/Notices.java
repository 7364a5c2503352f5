package reasoning;

import agent.RunEvent;
import agent.RunListener;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reports each notice once. */
public final class Notices {
    private static final int NAME_SHOWN = 80;

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    public void say(String text, RunListener listener) {
        if (said.add(text)) {
            listener.on(new RunEvent.Notice(text));
        }
    }

    /**
     * Reports that another model answered, and that a price is unknown.
     *
     * @param answered the model that the answer names; empty when it names none
     * @param same whether it is the requested model, perhaps a dated release of it
     * @param priced whether its price is known
     */
    public void about(String asked, Optional<String> answered, boolean same, boolean priced, Prices prices,
            RunListener listener) {
        answered.filter(model -> !same).ifPresent(model -> say("the request was for " + asked + ", but "
                + Excerpt.line(model, NAME_SHOWN) + " answered: behaviour and price are that model's", listener));
        if (!priced) {
            say("no price is known for " + Excerpt.line(answered.orElse(asked), NAME_SHOWN)
                    + ": its cost is not counted; add the price to " + prices.overrides(), listener);
        }
    }
}
