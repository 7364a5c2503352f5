package verdict;

import checks.Ecosystems;
import checks.FileView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import process.Programs;

/**
 * What a person may say about how a change is judged.
 *
 * @param verify the user's own check, in words
 * @param runNew whether a check that came or changed with the change may be run
 * @param accepted names of rules that the user lets pass
 * @param limit for one run of the check
 */
public record JudgeOptions(Optional<List<String>> verify, boolean runNew, Set<String> accepted, Duration limit) {
    /** The user's check, else the one that these files have; empty where there is none. */
    List<String> check(FileView files, Path root, Map<String, String> environment) {
        return verify.or(() -> Ecosystems.check(files, program -> Programs.find(program, root, environment).isPresent()))
                .orElse(List.of());
    }
}
