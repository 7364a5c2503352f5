package services;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in the last words of a service what was wrong and what to change: above all the key in its configuration. */
public final class LogHints {
    private static final List<Rule> RULES = List.of(
            new Rule("line (\\d+): field (\\S+) (?:not found|already set)", m -> "look at the key '" + m.group(2)
                    + "' in line "
                    + m.group(1) + " of its configuration"),
            new Rule("field (\\S+) not found in type", m -> "look at the key '" + m.group(1) + "' in its configuration"),
            new Rule("'([^']*)' has invalid keys: ([\\w, ]+)", m -> "look at the key '" + m.group(2)
                    + "' in its configuration" + (m.group(1).isEmpty() ? "" : ", below '" + m.group(1) + "'")),
            new Rule("has invalid keys: ([\\w, ]+)", m -> "look at the key '" + m.group(1) + "' in its configuration"),
            new Rule("'(\\w+)' unknown type: \"([^\"]+)\"", m -> "look at '" + m.group(2) + "' below '" + m.group(1)
                    + "': this build of the Collector does not have it"),
            new Rule("references (\\w+) \"([^\"]+)\" which is not configured", m -> "configure the " + m.group(1) + " '"
                    + m.group(2)
                    + "', or take it out of the pipeline"),
            new Rule("(?:yaml|YAML)[^\\n]*line (\\d+):", m -> "look at line " + m.group(1) + " of its configuration"),
            new Rule("exec format error|no such file or directory.*exec", m -> "the image is for another kind of machine:"
                    + " choose one for this architecture with --image"),
            // Tempo's client of an object storage.
            new Rule("ListObjects on (\\S+):[^\\n]*bucket does not exist", m -> "make the bucket " + m.group(1)
                    + ", or correct S3_BUCKET"),
            new Rule("ListObjects on [^\\n]*HTTP response to HTTPS client", m -> "a storage without TLS needs"
                    + " S3_INSECURE=true"),
            new Rule("ListObjects on [^\\n]*(?:[Ss]ignature|[Aa]ccess [Kk]ey|[Aa]ccess [Dd]enied|Forbidden)|"
                    + "failed to get credentials", m -> "look at S3_ACCESS_KEY and S3_SECRET_KEY, or at the rights of the"
                    + " machine's role"),
            new Rule("ListObjects on [^\\n]*\"https?://([^/\"]+)/[^\\n]*(?:refused|no such host|timeout|no route|reset)",
                    m -> "no object storage answers at " + m.group(1).replace("\\", "") + " from inside the container: look at"
                            + " S3_ENDPOINT (an address of this machine is host.docker.internal)"),
            new Rule("no space left on device", m -> "the disk is full: docker system df shows what is on it"),
            new Rule("(?:bind: )?address already in use",
                    m -> "two of its ports have the same number: look at the endpoints in"
                    + " its configuration"),
            new Rule("(?:open|mkdir|create|creat|unlink|lock|access|write)\\b[^\\n]*permission denied|"
                    + "permission denied[^\\n]*(?:/var/|/prometheus|db)|not writable[^\\n]*permission denied",
                    m -> "files in its volume belong to another user:"
                    + " stack down -v removes the volume and its data, or change their owner"),
            new Rule("[Dd]ata ?source[^\\n]*not found|Datasource provisioning error", m -> "look at"
                    + " grafana/provisioning/datasources: a changed uid stops Grafana on a store that knows the old one"),
            new Rule("timeout[^\\n]*file_storage|file_storage[^\\n]*timeout",
                    m -> "another Collector uses the same volume"));

    /** Characters of a log, its last ones; what ended a program stands there. */
    private static final int READ = 16 << 10;

    private LogHints() {}

    /** The first rule that fits, most telling first. */
    public static Optional<String> in(String log) {
        String end = log.substring(Math.max(0, log.length() - READ));
        return RULES.stream().flatMap(rule -> rule.apply(end).stream()).findFirst();
    }

    private record Rule(Pattern pattern, Function<MatchResult, String> hint) {
        Rule(String regex, Function<MatchResult, String> hint) {
            this(Pattern.compile(regex), hint);
        }

        Optional<String> apply(String log) {
            Matcher matcher = pattern.matcher(log);
            return matcher.find() ? Optional.of(hint.apply(matcher.toMatchResult())) : Optional.empty();
        }
    }
}
