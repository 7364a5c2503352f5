package services;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import doctor.Hop;
import doctor.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import runner.Repository;

/**
 * The places that know the services by their names. A new service that was forgotten in one of them would run, and nobody would
 * scrape it, miss it or look for what it stores. The docs are looked at by {@link SettingsTest}, an export by {@code ExportTest}.
 */
class ServicePlacesTest {
    private static final Path STACK = Repository.root().resolve("stack");
    /** What lies there and is no service of one machine. */
    private static final Set<String> NO_SERVICE = Set.of("production", "handover", "stack.java", "demo");
    /** Services without metrics of their own that Prometheus could read. */
    private static final Set<String> WITHOUT_METRICS = Set.of();

    private final ConfigFiles config = ConfigFiles.load(Optional.empty());

    @Test
    void everyConfigurationFileTravelsWithTheProgram() throws IOException {
        Set<String> there = files(STACK, NO_SERVICE);
        assertEquals(there, new TreeSet<>(ConfigFiles.BUILT_IN),
                "the files below stack/ and BUILT_IN of lib/services/ConfigFiles.java are not the same");
        assertEquals(there, listed("lib/services/package-info.java", "stack-configuration/", "stack/"),
                "the files below stack/ and the //FILES lines of lib/services/package-info.java are not the same");
    }

    @Test
    void everyFileForATeamTravelsWithTheProgram() throws IOException {
        assertEquals(files(STACK.resolve("handover"), Set.of()), listed("lib/handover/package-info.java", "stack-handover/",
                "stack/handover/"), "the files below stack/handover and the //FILES lines of lib/handover/package-info.java");
        Set<String> production = files(STACK.resolve("production"), Set.of());
        production.remove(ConfigFiles.SETTINGS); // of the notes; a team's values stand in the templates
        assertEquals(production, listed("lib/handover/package-info.java", "stack-handover/production/", "stack/production/"),
                "the files below stack/production and the //FILES lines of lib/handover/package-info.java");
    }

    @Test
    void prometheusScrapesEveryServiceAndSaysWhenOneIsGone() {
        Set<String> wanted = new TreeSet<>();
        names().filter(name -> !WITHOUT_METRICS.contains(name)).forEach(wanted::add);
        Set<String> jobs = jobs("prometheus/prometheus.yml");
        wanted.forEach(name -> assertTrue(jobs.contains(name), "stack/prometheus/prometheus.yml has no job " + name));
        Set<String> team = new TreeSet<>();
        Matcher job = Pattern.compile("job_name: (\\S+)").matcher(read(STACK.resolve("handover/kubernetes/scrape-configs.yml")));
        while (job.find()) {
            team.add(job.group(1));
        }
        Set<String> watched = jobsIn(read(STACK.resolve("prometheus/rules/stack.yml")), "expr: up\\{job=~\"([^\"]+)\"} == 0");
        String dashboard = read(STACK.resolve("grafana/dashboards/stack.json"));
        String counting = "up\\{job=~\\\\\"([^\"\\\\]+)\\\\\"} == 1";
        assertAll(
                () -> assertEquals(jobs, team,
                        "stack/prometheus/prometheus.yml and stack/handover/kubernetes/scrape-configs.yml have other jobs"),
                () -> assertEquals(jobs, watched, "StackPartDown in stack/prometheus/rules/stack.yml watches other jobs than there are"),
                () -> assertEquals(wanted, jobsIn(dashboard, counting),
                        "the first panel of stack/grafana/dashboards/stack.json counts other parts"),
                () -> assertTrue(dashboard.contains("{\"color\": \"green\", \"value\": " + wanted.size() + "}"),
                        "the first panel of stack/grafana/dashboards/stack.json is to be green when all " + wanted.size()
                                + " parts answer"));
    }

    /** What reads the stack's signals asks what stores them; a store that nobody asks may be empty for ever. */
    @Test
    void theDoctorLooksIntoEveryStoreThatGrafanaReads() {
        List<ServiceStatus> all = names().map(name -> new ServiceStatus(name, ServiceStatus.State.READY, "1", Map.of(), "")).toList();
        List<Hop> hops = Way.of(all, Map.of());
        for (String store : Catalogue.DATA_SOURCES) {
            List<String> asking = hops.stream().filter(hop -> hop.needs().contains(store) && !hop.needs().contains(Catalogue.GRAFANA))
                    .map(Hop::name).toList();
            assertTrue(!asking.isEmpty(), "no hop of lib/doctor/Way.java looks for a signal in " + store);
        }
    }

    /** Who sends to a service ends before it. */
    @Test
    void whoeverIsNamedInAConfigurationAsAReceiverIsOneOfTheServices() {
        Set<String> names = new TreeSet<>();
        names().forEach(names::add);
        for (Service service : services()) {
            assertTrue(names.containsAll(service.stopping().sendsTo()), service.name() + " sends to " + service.stopping().sendsTo());
            Set<String> receivers = new TreeSet<>();
            config.of(service.name()).forEach((file, text) -> {
                Matcher host = Pattern.compile("(?m)^[^#\\n]*(?:endpoint|url): http://([a-z-]+):\\d").matcher(text.text());
                while (host.find()) {
                    receivers.add(host.group(1));
                }
            });
            if (!service.name().equals(Catalogue.GRAFANA)) { // reads and sends nothing
                assertEquals(receivers, new TreeSet<>(service.stopping().sendsTo()), "sendsTo(…) of " + service.name()
                        + " in lib/services/Catalogue.java is not what its configuration sends to");
            }
        }
    }

    private Set<String> jobs(String file) {
        Map<String, Object> prometheus = new Yaml().load(config.text(file).text());
        Set<String> jobs = new TreeSet<>();
        ((List<?>) prometheus.get("scrape_configs")).forEach(job -> jobs.add(((Map<?, ?>) job).get("job_name").toString()));
        return jobs;
    }

    private static Set<String> jobsIn(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return new TreeSet<>(List.of(found.group(1).split("\\|")));
    }

    private static List<Service> services() {
        return Catalogue.services(StackOptions.defaults(), Map.of());
    }

    private static Stream<String> names() {
        return services().stream().map(Service::name);
    }

    private static Set<String> files(Path folder, Set<String> without) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile).forEach(all::add);
        }
        Set<String> names = new TreeSet<>();
        all.forEach(file -> names.add(folder.relativize(file).toString()));
        names.removeIf(name -> without.contains(name.contains("/") ? name.substring(0, name.indexOf('/')) : name));
        return names;
    }

    /** The files of a {@code //FILES} line below both folders. */
    private static Set<String> listed(String manifest, String onClassPath, String below) {
        Set<String> names = new TreeSet<>();
        Matcher line = Pattern.compile("(?m)^//FILES " + onClassPath + "(\\S+)=../../" + below + "(\\S+)$").matcher(read(
                Repository.root().resolve(manifest)));
        while (line.find()) {
            assertEquals(line.group(2), line.group(1), manifest);
            names.add(line.group(1));
        }
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
