package containers;

import com.github.dockerjava.api.model.PullResponseItem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How far the pull of an image is, from what the engine says of each layer. */
final class PullProgress {
    private static final double MEGA = 1_000_000;

    private final Map<String, Layer> layers = new LinkedHashMap<>();

    /** @param total 0 as long as the engine has not said how large it is */
    private record Layer(long current, long total, boolean done) {}

    /** Takes a word of the engine's in. Returns whether it was about a layer. */
    synchronized boolean take(PullResponseItem item) {
        String id = item.getId();
        String status = item.getStatus();
        // The first word has the tag where others have the layer.
        if (id == null || status == null || status.startsWith("Pulling from")) {
            return false;
        }
        Layer before = layers.getOrDefault(id, new Layer(0, 0, false));
        if (status.equals("Already exists") || status.equals("Pull complete") || status.equals("Download complete")) {
            layers.put(id, new Layer(before.total(), before.total(), true));
        } else if (status.equals("Downloading") && item.getProgressDetail() != null) {
            layers.put(id, new Layer(value(item.getProgressDetail().getCurrent()), value(item.getProgressDetail().getTotal()),
                    before.done()));
        } else {
            layers.put(id, before);
        }
        return true;
    }

    private static long value(Long number) {
        return number == null ? 0 : number;
    }

    /** {@code 34 of 120 MB, 3 of 8 layers}; the sizes grow as the engine learns of more layers. */
    synchronized String text() {
        long current = layers.values().stream().mapToLong(Layer::current).sum();
        long total = layers.values().stream().mapToLong(Layer::total).sum();
        long done = layers.values().stream().filter(Layer::done).count();
        return (total == 0 ? "" : String.format(Locale.ROOT, "%.0f of %.0f MB, ", current / MEGA, total / MEGA)) + done + " of "
                + layers.size() + " layers";
    }
}
