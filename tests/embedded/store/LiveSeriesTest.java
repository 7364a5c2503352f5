package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The memory for live series is limited, because a sender can make a label very large. */
class LiveSeriesTest {
    private static final long NOW = 1_760_000_000_000L;

    private static LiveSeries.Reading reading(long id, int labelChars, long arrived) {
        SeriesKey key = new SeriesKey("m", "", "", MetricKind.GAUGE, false, ByteString.EMPTY, ByteString.EMPTY, "",
                new TreeMap<>(java.util.Map.of("label", id + "x".repeat(labelChars))));
        return new LiveSeries.Reading(id, key, new Sample(0, 1, false, 1, Distribution.EMPTY, List.of()), arrived);
    }

    @Test
    void leavesOutWhatThereIsNoRoomForAndCountsIt() {
        LiveSeries live = new LiveSeries(100_000);
        for (int id = 0; id < 10; id++) {
            live.put(reading(id, 10_000, NOW));
        }
        assertEquals(4, live.at(NOW).size());
        assertEquals(6, live.leftOut());
        assertTrue(live.bytes() <= 100_000, live.bytes() + " bytes");
        live.put(reading(1, 10_000, NOW + 1));
        assertEquals(4, live.at(NOW + 1).size(), "one that is there goes on");
    }

    @Test
    void hasRoomAgainWhenOthersHaveGoneSilent() {
        LiveSeries live = new LiveSeries(100_000);
        for (int id = 0; id < 5; id++) {
            live.put(reading(id, 10_000, NOW));
        }
        assertEquals(1, live.leftOut());
        long later = NOW + LiveSeries.EXPIRY_MILLIS + 1;
        live.put(reading(4, 10_000, later));
        assertEquals(0, live.leftOut());
        assertEquals(1, live.at(later).size());
    }

    @Test
    void weighsAReadingAnewEachTime() {
        LiveSeries live = new LiveSeries(100_000);
        live.put(reading(1, 10, NOW));
        long small = live.bytes();
        live.put(reading(1, 40_000, NOW));
        live.put(reading(1, 10, NOW));
        assertEquals(small, live.bytes());
        live.put(reading(1, 60_000, NOW));
        assertEquals(0, live.bytes(), "it does not fit any more");
        assertEquals(1, live.leftOut());
    }
}
