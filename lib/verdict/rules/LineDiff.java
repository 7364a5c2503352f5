package verdict.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which lines a change added to a text, and which it took away. */
final class LineDiff {
    /** Above this, lines are compared without regard to their order: exact enough to look for patterns. */
    private static final long MOST_CELLS = 4_000_000;

    private LineDiff() {}

    /** The lines of {@code after} that {@code before} does not have in that order. Turned round it gives what was removed. */
    static List<Line> added(String before, String after) {
        String[] old = before.isEmpty() ? new String[0] : before.split("\\R", -1);
        String[] now = after.isEmpty() ? new String[0] : after.split("\\R", -1);
        int start = 0;
        while (start < old.length && start < now.length && old[start].equals(now[start])) {
            start++;
        }
        int oldEnd = old.length;
        int nowEnd = now.length;
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1].equals(now[nowEnd - 1])) {
            oldEnd--;
            nowEnd--;
        }
        return (long) (oldEnd - start) * (nowEnd - start) > MOST_CELLS ? unordered(old, start, oldEnd, now, nowEnd)
                : ordered(old, start, oldEnd, now, nowEnd);
    }

    private static List<Line> ordered(String[] old, int start, int oldEnd, String[] now, int nowEnd) {
        int rows = oldEnd - start;
        int columns = nowEnd - start;
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = old[start + i].equals(now[start + j]) ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        List<Line> added = new ArrayList<>();
        int i = 0;
        for (int j = 0; j < columns;) {
            if (i < rows && old[start + i].equals(now[start + j])) {
                i++;
                j++;
            } else if (i < rows && longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                added.add(new Line(start + j + 1, now[start + j]));
                j++;
            }
        }
        return added;
    }

    private static List<Line> unordered(String[] old, int start, int oldEnd, String[] now, int nowEnd) {
        Map<String, Integer> left = new HashMap<>();
        for (int i = start; i < oldEnd; i++) {
            left.merge(old[i], 1, Integer::sum);
        }
        List<Line> added = new ArrayList<>();
        for (int j = start; j < nowEnd; j++) {
            int count = left.getOrDefault(now[j], 0);
            if (count > 0) {
                left.put(now[j], count - 1);
            } else {
                added.add(new Line(j + 1, now[j]));
            }
        }
        return added;
    }
}
