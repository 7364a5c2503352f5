package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A cache is limited by the size of its entries, not only by their number. */
class WeighedCacheTest {
    private final WeighedCache<String, String> cache = new WeighedCache<>(100, 1000,
            (key, value) -> key.length() + value.length());

    @Test
    void forgetsWhatWasUsedLongestAgoWhenThereIsTooMuch() {
        for (int i = 0; i < 10; i++) {
            cache.put("k" + i, "x".repeat(98));
        }
        assertEquals(1000, cache.bytes());
        assertEquals("x".repeat(98), cache.get("k0"), "used again");
        cache.put("ka", "x".repeat(98));
        assertNull(cache.get("k1"));
        assertEquals("x".repeat(98), cache.get("k0"));
        assertEquals(1000, cache.bytes());
    }

    @Test
    void doesNotRememberWhatWouldPushEverythingElseOut() {
        cache.put("small", "1");
        cache.put("large", "x".repeat(500));
        assertNull(cache.get("large"));
        assertEquals("1", cache.get("small"));
        assertEquals(6, cache.bytes());
    }

    @Test
    void weighsAgainWhatHasGrown() {
        cache.put("k", "12345");
        cache.put("k", "1234567890");
        assertEquals(11, cache.bytes());
        cache.put("k", "x".repeat(500));
        assertNull(cache.get("k"), "too large by now");
        assertEquals(0, cache.bytes());
    }

    @Test
    void hasAMostOfEntriesToo() {
        for (int i = 0; i < 300; i++) {
            cache.put("k" + i, "");
        }
        assertTrue(cache.size() <= 100, cache.size() + " entries");
        cache.clear();
        assertEquals(0, cache.bytes());
    }
}
