package checks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of a check. */
record Printed(String text, List<String> lines) {
    static Printed of(String text) {
        return new Printed(text, List.of(text.split("\\R")));
    }

    /** Figures beside words, as in {@code 3 passed, 1 failed}: the first group is the figure, the second the word. */
    static TestReport figures(Matcher each) {
        int total = 0;
        int failed = 0;
        int skipped = 0;
        while (each.find()) {
            int count = Integer.parseInt(each.group(1));
            String word = each.group(2);
            total += count;
            failed += word.startsWith("fail") || word.startsWith("error") ? count : 0;
            skipped += word.equals("skipped") ? count : 0;
        }
        return TestReport.counted(total, failed, skipped);
    }

    /** The sum of the figures beside a word; either group of the pattern may match the word. */
    int sum(Pattern pattern, String word) {
        int sum = 0;
        Matcher each = pattern.matcher(MeasuredText.of(text));
        while (each.find()) {
            boolean first = each.group(1).equals(word);
            if (first || each.group(2).equals(word)) {
                sum += Integer.parseInt(each.group(first ? 2 : 1));
            }
        }
        return sum;
    }
}
