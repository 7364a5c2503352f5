package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reasoning.HistoryBudget.Size;

class HistoryBudgetTest {
    @Test
    void whatFitsIsWhole() {
        assertEquals(List.of(Detail.FULL, Detail.FULL, Detail.FULL), plan(3, 30, 5, 100));
    }

    @Test
    void theOldestIsShortenedFirstAndDownToHalf() {
        assertEquals(List.of(Detail.BRIEF, Detail.BRIEF, Detail.BRIEF, Detail.FULL, Detail.FULL), plan(5, 22, 1, 100));
        assertEquals(List.of(Detail.BRIEF, Detail.BRIEF, Detail.FULL, Detail.FULL), plan(4, 30, 5, 100), "newest two whole");
    }

    @Test
    void onlyWhatWouldFillTheRoomInBriefIsLeftOut() {
        assertEquals(List.of(Detail.LEFT_OUT, Detail.LEFT_OUT, Detail.FULL, Detail.FULL), plan(4, 30, 20, 100));
        List<Detail> many = plan(60, 30, 5, 100);
        assertTrue(many.contains(Detail.LEFT_OUT) && many.contains(Detail.BRIEF), many.toString());
    }

    @Test
    void whatWasDecidedBeforeStaysMostlyTheSame_soThatTheBeginningIsCached() {
        int changes = 0;
        for (int n = 2; n <= 200; n++) {
            List<Detail> before = plan(n - 1, 10, 1, 200);
            if (!plan(n, 10, 1, 200).subList(0, n - 1).equals(before)) {
                changes++;
            }
        }
        assertTrue(changes > 0 && changes <= 30, "the beginning changed " + changes + " times in 200 steps");
    }

    @Test
    void boundedForAnySizes_theNewestWhole_andWhatIsLeftOutIsABeginning() {
        Random random = new Random(7);
        for (int run = 0; run < 500; run++) {
            List<Size> sizes = IntStream.range(0, 1 + random.nextInt(60)).mapToObj(i -> {
                long brief = 1 + random.nextInt(20);
                return new Size(brief + random.nextInt(60), brief);
            }).collect(Collectors.toList());
            List<Detail> plan = HistoryBudget.plan(sizes, 200);
            long total = IntStream.range(0, sizes.size()).mapToLong(i -> plan.get(i) == Detail.FULL ? sizes.get(i).full()
                    : plan.get(i) == Detail.BRIEF ? sizes.get(i).brief() : 0).sum();
            assertTrue(total <= 200, "never above the budget, for two whole steps always fit here: " + total);
            assertEquals(Detail.FULL, plan.get(plan.size() - 1));
            assertEquals(plan.stream().sorted(Collections.reverseOrder()).collect(Collectors.toList()), plan,
                    "left out, then shortened, then whole");
        }
    }

    @Test
    void exactlyTheBudgetStillFits() {
        assertEquals(List.of(Detail.FULL, Detail.FULL), plan(2, 50, 5, 100));
        assertEquals(List.of(Detail.BRIEF, Detail.FULL, Detail.FULL), plan(3, 34, 5, 100));
    }

    @Test
    void noMoreIsShortenedThanHalfOfItNeeds() {
        assertEquals(10, plan(20, 10, 1, 150).stream().filter(Detail.BRIEF::equals).count(), "160 less 10 × 9 is below 75");
        assertEquals(8, plan(15, 10, 0, 140).stream().filter(Detail.BRIEF::equals).count(), "150 less 8 × 10 is exactly 70");
    }

    @Test
    void briefStepsThatFillThreeQuartersExactlyMayStay() {
        assertEquals(List.of(Detail.BRIEF, Detail.BRIEF, Detail.FULL, Detail.FULL), plan(4, 30, 9, 104), "2 × 9 + 2 × 30 = 78");
        assertEquals(List.of(Detail.LEFT_OUT, Detail.LEFT_OUT, Detail.FULL, Detail.FULL), plan(4, 30, 10, 104));
    }

    @Test
    void noMoreIsLeftOutThanHalfOfItNeeds() {
        List<Size> steps = List.of(new Size(60, 58), new Size(10, 2), new Size(20, 20), new Size(20, 20));
        assertEquals(List.of(Detail.LEFT_OUT, Detail.BRIEF, Detail.FULL, Detail.FULL), HistoryBudget.plan(steps, 100));
    }

    private static List<Detail> plan(int steps, long full, long brief, long budget) {
        return HistoryBudget.plan(Collections.nCopies(steps, new Size(full, brief)), budget);
    }
}
