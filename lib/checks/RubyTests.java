package checks;

import checks.TestReport.Result;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RSpec and minitest. */
final class RubyTests implements Ecosystem {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPORT = "rspec.json";
    private static final Pattern MINITEST =
            Pattern.compile("(?m)^(\\d+) (?:runs|tests), \\d+ assertions, (\\d+) failures, (\\d+) errors, (\\d+) (?:skips|pendings)");
    private static final Pattern RSPEC = Pattern.compile("(?m)^(\\d+) examples?, (\\d+) failures?(?:, (\\d+) pending)?");

    @Override
    public Map<String, String> asking(Map<String, String> environment, Path report) {
        // RSpec reads this variable last; without a format for the terminal it would print nothing.
        return Map.of("SPEC_OPTS", (environment.getOrDefault("SPEC_OPTS", "") + " --format progress --format json --out "
                + report.resolve(REPORT)).strip());
    }

    @Override
    public void written(Path report, List<Path> places, Map<String, Result> results) {
        Path file = report.resolve(REPORT);
        if (!LiveFiles.small(file)) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            for (JsonNode example : json.path("examples")) {
                String status = example.path("status").asText();
                TestIds.add(results, example.path("file_path").asText().replaceFirst("^\\./", "") + " > "
                        + example.path("full_description").asText(),
                        status.equals("passed") ? Result.PASS : status.equals("failed") ? Result.FAIL : Result.SKIP);
            }
            int outside = json.path("summary").path("errors_outside_of_examples_count").asInt();
            if (outside > 0) {
                TestIds.add(results, "outside of the examples", Result.FAIL);
            }
        } catch (IOException e) {
            results.clear();
        }
    }

    @Override
    public Optional<TestReport> counted(Printed printed) {
        Matcher minitest = MINITEST.matcher(MeasuredText.of(printed.text()));
        if (minitest.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(minitest.group(1)), Integer.parseInt(minitest.group(2))
                    + Integer.parseInt(minitest.group(3)), Integer.parseInt(minitest.group(4))));
        }
        Matcher rspec = RSPEC.matcher(MeasuredText.of(printed.text()));
        return !rspec.find() ? Optional.empty() : Optional.of(TestReport.counted(Integer.parseInt(rspec.group(1)),
                Integer.parseInt(rspec.group(2)), rspec.group(3) == null ? 0 : Integer.parseInt(rspec.group(3))));
    }
}
