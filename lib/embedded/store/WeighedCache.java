package embedded.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/**
 * Remembers what was used last, up to so many entries and up to so many bytes: what it remembers comes from senders, and one
 * entry may be as large as a request. Whatever it forgets can be looked up in the store again. For one thread.
 */
final class WeighedCache<K, V> {
    /** One entry may take this part of it at most: others should not have to go for it. */
    private static final int LARGEST_SHARE = 8;

    private final int mostEntries;
    private final long mostBytes;
    private final ToLongBiFunction<K, V> weight;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Entry<V>(V value, long bytes) {}

    /** @param weight how many bytes an entry holds, its key included */
    WeighedCache(int mostEntries, long mostBytes, ToLongBiFunction<K, V> weight) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
        this.weight = weight;
    }

    /** Null when it is not remembered. */
    V get(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** Remembers it, or weighs it again when it has grown; what is too large is not remembered. */
    void put(K key, V value) {
        Entry<V> before = entries.remove(key);
        bytes -= before == null ? 0 : before.bytes;
        Entry<V> entry = new Entry<>(value, weight.applyAsLong(key, value));
        if (entry.bytes > mostBytes / LARGEST_SHARE) {
            return;
        }
        entries.put(key, entry);
        bytes += entry.bytes;
        Iterator<Entry<V>> eldest = entries.values().iterator();
        while (bytes > mostBytes || entries.size() > mostEntries) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return entries.size();
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }
}
