package agent.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change in pieces that a model can read with attention. Every line of the change is in exactly one of them, and in its
 * order. A page ends where a file ends, if one ends in its second half.
 */
final class ReviewPages {
    /** In characters: some 15,000 tokens, beside a history of at most 60,000. */
    static final int PAGE = 60_000;
    private static final String FILE = "diff --git ";

    /**
     * One of them.
     *
     * @param continues the file in which it begins, where that began on an earlier page
     */
    record Page(String text, Optional<String> continues) {}

    private ReviewPages() {}

    /** @param change a patch; at least one page comes of it */
    static List<Page> of(String change) {
        return of(change, PAGE);
    }

    static List<Page> of(String change, int size) {
        List<Page> pages = new ArrayList<>();
        String whole = change.strip();
        int begin = 0;
        while (whole.length() - begin > size) {
            int end = end(whole, begin, size);
            pages.add(page(whole, begin, end));
            begin = end;
        }
        if (begin < whole.length() || pages.isEmpty()) {
            pages.add(page(whole, begin, whole.length()));
        }
        return List.copyOf(pages);
    }

    /** Where the page ends that begins there: behind a line, also when that line alone is longer than a page. */
    private static int end(String whole, int begin, int size) {
        int file = whole.lastIndexOf("\n" + FILE, begin + size);
        if (file >= begin + size / 2) {
            return file + 1;
        }
        int line = whole.lastIndexOf('\n', begin + size - 1);
        if (line >= begin) {
            return line + 1;
        }
        int next = whole.indexOf('\n', begin + size);
        return next < 0 ? whole.length() : next + 1;
    }

    private static Page page(String whole, int begin, int end) {
        boolean fresh = begin == 0 || whole.startsWith(FILE, begin);
        int header = whole.lastIndexOf(FILE, begin);
        Optional<String> continues = fresh || header < 0 ? Optional.empty()
                : Optional.of(whole.substring(header + FILE.length(), whole.indexOf('\n', header)).replaceFirst("^.* b/", ""));
        return new Page(whole.substring(begin, end), continues);
    }
}
