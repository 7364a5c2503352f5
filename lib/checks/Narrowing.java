package checks;

import java.util.List;
import java.util.Set;

/**
 * Whether a command is a check with arguments that only make it run less: files of the project, a name to search for. Such a run
 * needs no permission of its own. A target of make is not such an argument: it is another command.
 */
public final class Narrowing {
    /** Options followed by a name of tests. */
    private static final Set<String> SELECTORS = Set.of("-k", "-run", "-t", "--tests", "-m");
    private static final Set<String> PLAIN = Set.of("--", "-x", "-v", "-vv", "-q");

    private Narrowing() {}

    public static boolean of(List<String> check, List<String> words, FileView files) {
        boolean longer = words.size() > check.size() && words.subList(0, check.size()).equals(check);
        if (!longer || check.get(0).endsWith("make")) {
            return false;
        }
        List<String> further = words.subList(check.size(), words.size());
        for (int i = 0; i < further.size(); i++) {
            String word = further.get(i);
            if (SELECTORS.contains(word) && i + 1 < further.size() && !further.get(i + 1).startsWith("-")) {
                i++;
            } else if (!PLAIN.contains(word) && !word.startsWith("-Dtest=") && !names(word, files)) {
                return false;
            }
        }
        return true;
    }

    private static boolean names(String word, FileView files) {
        String path = word.replaceFirst("::.*$", "");
        return !path.startsWith("-") && !path.startsWith("/") && !path.contains("..") && files.exists(path);
    }
}
