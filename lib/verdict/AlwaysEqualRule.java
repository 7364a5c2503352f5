package verdict;

import agent.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects that are equal to everything, so that any assertion about them holds. */
final class AlwaysEqualRule implements Rule {
    private static final Pattern ALWAYS = Pattern.compile(
            "def __eq__\\([^)]*\\)[^:]*:\\s*(?:\"\"\"[\\s\\S]*?\"\"\"\\s*|#[^\\n]*\\s*)?return True\\b"
            + "|def __ne__\\([^)]*\\)[^:]*:\\s*return False\\b|__eq__\\s*=\\s*lambda[^:]*:\\s*True|__ne__\\s*=\\s*lambda[^:]*:\\s*False"
            + "|boolean\\s+equals\\s*\\(\\s*(?:final\\s+)?Object\\s+\\w+\\s*\\)\\s*\\{\\s*return\\s+true\\s*;"
            + "|bool\\s+Equals\\s*\\([^)]*\\)\\s*(?:\\{\\s*return\\s+true\\s*;|=>\\s*true)"
            + "|fun\\s+equals\\s*\\([^)]*\\)[^={]*(?:=\\s*true\\b|\\{\\s*return\\s+true\\b)"
            + "|fn\\s+eq\\s*\\(\\s*&self[^)]*\\)\\s*->\\s*bool\\s*\\{\\s*true\\s*\\}"
            + "|func\\s*\\([^)]*\\)\\s*Equal\\s*\\([^)]*\\)\\s*bool\\s*\\{\\s*return\\s+true\\b"
            + "|(?:asymmetricMatch|isEqual|equals)\\s*\\([^)]*\\)\\s*\\{\\s*return\\s+true\\b"
            + "|def\\s+==\\s*\\(?\\w+\\)?\\s*true\\b|\\bmock\\.ANY\\b");

    @Override
    public String name() {
        return "always-equal";
    }

    @Override
    public List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        for (FileChange file : change.files()) {
            Matcher matcher = ALWAYS.matcher(file.source() ? file.after() : "");
            while (matcher.find()) {
                if (!file.before().contains(matcher.group())) {
                    found.add(new Suspicion(name(), true, "is equal to everything: " + matcher.group().lines().findFirst().orElse(""),
                            file.path(), file.lineOf(matcher.start())));
                }
            }
        }
        return found;
    }
}
