package handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.ExitCode;
import contract.Failure;
import handover.Export.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;
import services.Catalogue;
import services.ConfigFiles;
import services.Service;
import services.StackOptions;
import services.TestOptions;

/** What an export holds. Whether Kubernetes and Compose take it is tried by {@link ExportToolsTest}. */
class ExportTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"kubernetes,false", "kubernetes,true", "compose,false", "compose,true"})
    void everyFileCanBeReadAndNoPlaceIsLeftOpen(Target target, boolean shared) throws IOException {
        for (Map.Entry<String, String> file : export(target, shared).files().entrySet()) {
            String text = file.getValue();
            assertFalse(Pattern.compile("@[a-z][a-z.-]*@").matcher(text).find(), file.getKey());
            if (file.getKey().matches(".*\\.ya?ml")) {
                new Yaml().loadAll(text).forEach(document -> assertTrue(document instanceof Map, file.getKey()));
            } else if (file.getKey().endsWith(".json")) {
                assertTrue(new ObjectMapper().readTree(text).has("title"), file.getKey());
            }
        }
    }

    /** One machine and a team run the same programs. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void imagesAreThoseOfTheStackAndCanBeChangedInTheSameWay(Target target) {
        StackOptions options = options(Optional.empty(), Map.of("tempo", "registry.example/tempo:3.0.9"));
        String all = String.join("\n", Export.of(target, false, options, Map.of()).files().values());
        for (Service service : Catalogue.services(options, Map.of())) {
            assertTrue(all.contains("image: " + service.image()), () -> service.name() + " runs on one machine and is not exported for "
                    + target + ": it needs its part below stack/handover/" + target);
        }
        assertFalse(all.contains("image: grafana/tempo:"));
    }

    @Test
    void everyConfigurationIsInAConfigMapAlsoAnOwnDashboard() throws IOException {
        Path own = Files.createDirectories(folder.resolve("grafana/dashboards")).resolve("mine.json");
        Files.writeString(own, "{\"uid\":\"mine\",\"title\":\"Mine\"}");
        Export export = Export.of(Target.kubernetes, false, options(Optional.of(folder), Map.of()), Map.of());
        Set<String> named = new TreeSet<>();
        for (Map<String, Object> generator : generators(export)) {
            if (generator.get("files") instanceof List<?> files) {
                files.forEach(file -> named.add(file.toString()));
            }
        }
        Set<String> configurations = new TreeSet<>(export.files().keySet());
        configurations.removeIf(file -> !file.contains("/") || file.endsWith("-workload.yaml"));
        configurations.removeAll(named);
        assertEquals(Set.of(), configurations, "in no ConfigMap of stack/handover/kubernetes/kustomization.yaml, so nobody reads them");
        named.forEach(file -> assertTrue(export.files().containsKey(file), file + " is named and not there"));
        assertTrue(named.contains("grafana/dashboards/mine.json"));
    }

    @Test
    void whatTheUserChangedInTempoAndCollectorIsExported() throws IOException {
        String changed = Template.text("production/otel-collector/collector.yaml").replace("limit_percentage: 80",
                "limit_percentage: 77");
        Files.createDirectories(folder.resolve("otel-collector"));
        Files.writeString(folder.resolve("otel-collector/collector.yaml"), changed);
        Export export = Export.of(Target.kubernetes, true, options(Optional.of(folder), Map.of()), Map.of());
        assertTrue(export.files().get("otel-collector/collector.yaml").contains("limit_percentage: 77"));
    }

    @Test
    void aFileWithoutTheLinesThatMustChangeIsRefusedByName() throws IOException {
        Files.createDirectories(folder.resolve("otel-collector"));
        Files.writeString(folder.resolve("otel-collector/collector.yaml"), "receivers: {}\n");
        Failure failure = assertThrows(Failure.class,
                () -> Export.of(Target.kubernetes, true, options(Optional.of(folder), Map.of()), Map.of()));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("exporters:"), failure.getMessage());
    }

    @Test
    void theJobsOfAnOwnPrometheusFileAreNotLostSilently() throws IOException {
        Files.createDirectories(folder.resolve("prometheus"));
        Files.writeString(folder.resolve("prometheus/prometheus.yml"), "global: {}\nscrape_configs:\n  - job_name: mine\n");
        Export export = Export.of(Target.kubernetes, false, options(Optional.of(folder), Map.of()), Map.of());
        assertEquals(1, export.notes().size());
        assertTrue(export.notes().get(0).contains("prometheus.yml"));
    }

    /** A secret is named and never written; the examples say that they are none. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void noSecretIsWritten(Target target) {
        Map<String, String> environment = new HashMap<>();
        for (String key : List.of("OTEL_COLLECTOR_OTLP_TOKEN", "TEMPO_S3_SECRET_KEY", "TEMPO_S3_ACCESS_KEY",
                "GRAFANA_GF_SECURITY_ADMIN_PASSWORD")) {
            environment.put("AGENTPROXY_STACK_ENV_" + key, "s3cr3t-" + key);
        }
        environment.put("OTLP_TOKEN", "s3cr3t");
        Export export = Export.of(target, true, options(Optional.empty(), Map.of()), environment);
        export.files().forEach((name, text) -> assertFalse(text.contains("s3cr3t"), name));
    }

    @Test
    void everyPodIsRestrictedAndSpeaksOnlyToWhomItMust() {
        Export export = export(Target.kubernetes, false);
        Set<String> pods = new TreeSet<>();
        export.files().forEach((name, text) -> {
            if (name.endsWith("-workload.yaml")) {
                new Yaml().loadAll(text).forEach(document -> {
                    Map<?, ?> object = (Map<?, ?>) document;
                    if (object.get("kind").equals("StatefulSet")) {
                        pods.add(((Map<?, ?>) object.get("metadata")).get("name").toString());
                        for (String must : List.of("runAsNonRoot=true", "readOnlyRootFilesystem=true", "drop=[ALL]",
                                "type=RuntimeDefault", "allowPrivilegeEscalation=false", "automountServiceAccountToken=false",
                                "memory=")) {
                            assertTrue(object.toString().contains(must), name + " has not " + must);
                        }
                    }
                });
            }
        });
        Set<String> policies = new TreeSet<>();
        new Yaml().loadAll(export.files().get("network-policies.yaml")).forEach(policy ->
                policies.add(((Map<?, ?>) ((Map<?, ?>) policy).get("metadata")).get("name").toString()));
        pods.add("default-deny");
        assertEquals(pods, policies,
                "each workload has its policy in stack/handover/kubernetes/network-policies.yaml, and no policy is for nobody");
    }

    /** A name that is scraped, sent to or asked must be a service of this export. */
    @Test
    void everyHostThatIsNamedIsThere() {
        for (boolean shared : new boolean[] {false, true}) {
            Export export = export(Target.kubernetes, shared);
            Set<String> services = new TreeSet<>(Set.of("127.0.0.1", "0.0.0.0"));
            String all = String.join("\n", export.files().values());
            Matcher service = Pattern.compile("kind: Service\\nmetadata:\\n  name: (\\S+)").matcher(all);
            while (service.find()) {
                services.add(service.group(1));
            }
            assertTrue(services.contains("otel-collector-headless"), services::toString);
            List<String> files = export.files().keySet().stream().filter(file -> file.matches("[^/]+/[^/]+\\.ya?ml")
                    && !file.endsWith("-workload.yaml")).toList();
            assertTrue(files.size() > 4, files::toString);
            for (String file : files) {
                String text = export.files().get(file).replaceAll("(?m)^\\s*#.*$|\\s# .*$", "");
                List<String> hosts = new ArrayList<>();
                Matcher url = Pattern.compile("(?:http://|hostname: )([a-z0-9.-]+)").matcher(text);
                while (url.find()) {
                    hosts.add(url.group(1));
                }
                Matcher names = Pattern.compile("names: \\[([^\\]]*)]").matcher(text);
                while (names.find()) {
                    hosts.addAll(List.of(names.group(1).split(", *")));
                }
                hosts.remove("localhost");
                hosts.forEach(host -> assertTrue(services.contains(host), file + " names the host " + host
                        + ", which is no Service of stack/handover/kubernetes"));
            }
        }
    }

    @Test
    void sharedCountersAreReadByIncreaseEverywhere() throws IOException {
        Export export = export(Target.kubernetes, true);
        int expressions = 0;
        for (Map.Entry<String, String> file : export.files().entrySet()) {
            if (file.getKey().startsWith("grafana/dashboards/")) {
                for (JsonNode text : new ObjectMapper().readTree(file.getValue()).findValues("expr")) {
                    expressions++;
                    assertFalse(text.asText().matches("(?s).*max_over_time\\((agentproxy|claude_code)_\\w+_(total|bucket|sum|count).*"),
                            text.asText());
                }
            } else if (file.getKey().startsWith("prometheus/rules/agentproxy")) {
                assertFalse(file.getValue().contains("max_over_time(agentproxy_"), file.getValue());
                assertFalse(file.getValue().contains(" offset "), file.getValue());
            }
        }
        assertTrue(expressions > 30, "no expressions prove nothing");
        Map<String, Object> collector = new Yaml().load(export.files().get("otel-collector/collector.yaml"));
        String pipelines = ((Map<?, ?>) collector.get("service")).get("pipelines").toString();
        assertTrue(pipelines.contains("metrics/shared") && pipelines.contains("metrics/own"), pipelines);
        assertFalse(pipelines.contains("metrics={"), pipelines);
    }

    @Test
    void anExpressionOfAWindowAndItsBeginningBecomesAnIncrease() {
        assertEquals("sum(increase(x_total[1h]))", SharedCounting.of(
                "sum(max_over_time(x_total[1h])\n  - (x_total offset 1h or max_over_time(x_total[1h]) * 0))"));
        assertEquals("sum(increase(x_total[1h]))", SharedCounting.of(
                "sum(max_over_time(x_total[1h]) - (x_total offset 1h)\n  or max_over_time(x_total[1h]))"));
        assertEquals("increase(x_total{a=~\\\"$b\\\"}[$__range])",
                SharedCounting.of("max_over_time(x_total{a=~\\\"$b\\\"}[$__range])"));
        assertEquals("max_over_time(x_active[1h])", SharedCounting.of("max_over_time(x_active[1h])"), "a gauge is no counter");
    }

    @Test
    void retentionOfTheSettingsIsTakenTooAndOtherSettingsAreNamedWithoutTheirValues() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "retention=7d\nmemory.tempo=3g\n"
                + "env.grafana.GF_SECURITY_ADMIN_PASSWORD=s3cr3t\n");
        Export export = Export.of(Target.compose, false, options(Optional.of(folder), Map.of()),
                Map.of("AGENTPROXY_STACK_PORT_GRAFANA", "3001"));
        assertTrue(export.files().get("compose.yaml").contains("TEMPO_RETENTION: 168h"));
        assertEquals(List.of("these settings of yours are not in the export, which has values of its own for a team:"
                + " env.grafana.GF_SECURITY_ADMIN_PASSWORD, memory.tempo, port.grafana"), export.notes());
        assertTrue(Export.of(Target.compose, false, options(Optional.empty(), Map.of()),
                Map.of("AGENTPROXY_STACK_RETENTION", "48h")).files().get("compose.yaml").contains("TEMPO_RETENTION: 48h"));
        assertEquals(List.of(), export(Target.kubernetes, false).notes());
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void filesOfOnesOwnThatHaveNoPlaceAreNamed(Target target) throws IOException {
        for (String file : List.of("grafana/provisioning/datasources/datasources.yaml", "otel-collector/tls.key",
                "prometheus/targets.json")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "{}\n");
        }
        Export export = Export.of(target, false, options(Optional.of(folder), Map.of()), Map.of());
        assertEquals(List.of("these files of yours are not in the export: otel-collector/tls.key, prometheus/targets.json"),
                export.notes());
    }

    /** Files made for one machine have no login and no bucket: copies that nobody changed are no choice, others are told. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void aCopyOfTheBuiltInFilesIsExportedAsIfItWereNotThere(Target target) throws IOException {
        ConfigFiles.eject(folder);
        Export export = Export.of(target, false, options(Optional.of(folder), Map.of()), Map.of());
        assertEquals(export(target, false).files(), export.files());
        assertEquals(List.of(), export.notes());
        for (String file : List.of("otel-collector/collector.yaml", "tempo/tempo.yaml")) {
            Files.writeString(folder.resolve(file), Files.readString(folder.resolve(file)) + "# mine\n");
        }
        List<String> notes = Export.of(target, false, options(Optional.of(folder), Map.of()), Map.of()).notes();
        assertTrue(notes.size() == 2 && notes.get(0).contains("no token") && notes.get(1).contains("bucket"), notes::toString);
    }

    /** Folders, spaces and what else a key of a ConfigMap must not have. */
    @Test
    void namesThatNoConfigMapTakesAreChangedAndTwoThatWouldBecomeOneAreRefused() throws IOException {
        Path dashboards = Files.createDirectories(folder.resolve("grafana/dashboards/my team")).getParent();
        Files.writeString(dashboards.resolve("my team/cost=1 (new).json"), "{\"uid\":\"a\",\"title\":\"A\"}");
        Export export = Export.of(Target.kubernetes, false, options(Optional.of(folder), Map.of()), Map.of());
        assertTrue(export.files().containsKey("grafana/dashboards/my-team-cost-1--new-.json"), export.files().keySet()::toString);
        assertTrue(export.files().get("kustomization.yaml").contains("  - grafana/dashboards/my-team-cost-1--new-.json\n"));
        assertTrue(Export.of(Target.compose, false, options(Optional.of(folder), Map.of()), Map.of()).files()
                .containsKey("grafana/dashboards/my team/cost=1 (new).json"));
        Files.writeString(dashboards.resolve("my-team-cost-1--new-.json"), "{\"uid\":\"b\",\"title\":\"B\"}");
        Failure failure = assertThrows(Failure.class,
                () -> Export.of(Target.kubernetes, false, options(Optional.of(folder), Map.of()), Map.of()));
        assertTrue(failure.getMessage().contains("my-team-cost-1--new-.json in a ConfigMap"), failure.getMessage());
    }

    @Test
    void dashboardsThatAreTooLargeForTheClusterAreToldBeforeItRefusesThem() throws IOException {
        Path dashboards = Files.createDirectories(folder.resolve("grafana/dashboards"));
        String large = "{\"uid\":\"a\",\"title\":\"A\",\"x\":\"" + "x".repeat(450_000) + "\"}";
        Files.writeString(dashboards.resolve("a.json"), large);
        StackOptions options = options(Optional.of(folder), Map.of());
        List<String> notes = Export.of(Target.kubernetes, false, options, Map.of()).notes();
        assertTrue(notes.size() == 1 && notes.get(0).contains("kubectl apply --server-side"), notes::toString);
        Files.writeString(dashboards.resolve("b.json"), large.replace("\"a\"", "\"b\"").replace("xxx", "xxxx"));
        Failure failure = assertThrows(Failure.class, () -> Export.of(Target.kubernetes, false, options, Map.of()));
        assertTrue(failure.getMessage().contains("a ConfigMap holds 1024"), failure.getMessage());
        assertEquals(List.of(), Export.of(Target.compose, false, options, Map.of()).notes());
    }

    @Test
    void whereNothingCanBeWrittenItIsSaidWhere() throws IOException {
        Export export = export(Target.compose, false);
        Path file = Files.writeString(folder.resolve("file"), "mine");
        for (Path there : List.of(file, file.resolve("below"))) {
            Failure failure = assertThrows(Failure.class, () -> ExportFolder.write(there, export, true));
            assertEquals(ExitCode.USAGE, failure.exitCode());
            assertTrue(failure.getMessage().contains(file.toString()) && !failure.getMessage().contains("Exception"),
                    failure.getMessage());
        }
        assertEquals("mine", Files.readString(file));
        // Not text: differs, as any other file of somebody's.
        Files.write(folder.resolve("compose.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Failure binary = assertThrows(Failure.class, () -> ExportFolder.write(folder, export, false));
        assertTrue(binary.getMessage().contains("other files of these names: compose.yaml"), binary.getMessage());
    }

    @Test
    void retentionIsAMonthUnlessSaid() {
        assertTrue(export(Target.kubernetes, false).files().get("tempo/tempo-workload.yaml").contains("value: 720h"));
        StackOptions week = TestOptions.builder().retention(Optional.of(Duration.ofDays(7))).build();
        Map<String, String> files = Export.of(Target.compose, false, week, Map.of()).files();
        assertTrue(files.get("compose.yaml").contains("TEMPO_RETENTION: 168h"));
        assertTrue(files.get("compose.yaml").contains("retention.time=168h"));
    }

    @Test
    void somebodysFilesAreOverwrittenOnlyWhenAskedTo() throws IOException {
        Export export = export(Target.compose, false);
        assertEquals(export.files().size(), ExportFolder.write(folder, export, false).size());
        assertEquals(export.files().size(), ExportFolder.write(folder, export, false).size(), "the same again is no conflict");
        Files.writeString(folder.resolve("compose.yaml"), "mine: {}\n");
        Failure failure = assertThrows(Failure.class, () -> ExportFolder.write(folder, export, false));
        assertTrue(failure.getMessage().contains("compose.yaml"), failure.getMessage());
        assertEquals("mine: {}\n", Files.readString(folder.resolve("compose.yaml")));
        ExportFolder.write(folder, export, true);
        assertTrue(Files.readString(folder.resolve("compose.yaml")).contains("name: agentproxy"));
    }

    private static Export export(Target target, boolean shared) {
        return Export.of(target, shared, options(Optional.empty(), Map.of()), Map.of());
    }

    private static StackOptions options(Optional<Path> configDir, Map<String, String> images) {
        return TestOptions.builder().images(images).configDir(configDir).build();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> generators(Export export) {
        Map<String, Object> kustomization = new Yaml().load(export.files().get("kustomization.yaml"));
        return (List<Map<String, Object>>) kustomization.get("configMapGenerator");
    }
}
