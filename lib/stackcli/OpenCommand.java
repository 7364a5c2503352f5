package stackcli;

import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import services.ServiceStatus;

/** {@code stack open}. */
@Command(name = "open", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        description = {"Open a service's page in the browser and print its address.", ""}, footerHeading = "%nExamples:%n",
        footer = {"  stack open", "  stack open prometheus"})
final class OpenCommand extends StackVerb {
    private static final String PAGE = "page";
    private static final long PATIENCE_SECONDS = 5;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SERVICE",
            description = "The service (default: grafana, or the embedded page).")
    Optional<String> service = Optional.empty();

    @Override
    int run(ConsoleProgress progress) throws InterruptedException {
        List<ServiceStatus> statuses = stack.engines(progress).choose().status();
        // Grafana is the last service with a page.
        ServiceStatus chosen = statuses.stream()
                .filter(s -> service.map(s.service()::equals).orElse(s.urls().containsKey(PAGE) || statuses.size() == 1
                        || s.state() == ServiceStatus.State.ABSENT))
                .reduce((first, last) -> last)
                .orElseThrow(() -> Failure.usage("unknown service: " + service.orElse(""), "services are "
                        + String.join(", ", statuses.stream().map(ServiceStatus::service).toList())));
        if (chosen.state() != ServiceStatus.State.READY) {
            throw new Failure(chosen.service() + " is " + chosen.words(), "stack up", ExitCode.NOT_READY);
        }
        String address = Optional.ofNullable(chosen.urls().get(PAGE)).orElseGet(() -> chosen.urls().values().stream()
                .reduce((first, last) -> last).orElse(""));
        stack.console.out(address);
        if (!browse(address)) {
            progress.note("no browser could be started here: open the address yourself");
        }
        return ExitCode.OK;
    }

    private boolean browse(String address) throws InterruptedException {
        Map<String, String> environment = stack.environment;
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean display = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        List<String> openers = mac ? List.of("open") : environment.containsKey("WSL_DISTRO_NAME")
                ? List.of("wslview", "explorer.exe") : display ? List.of("xdg-open") : List.of();
        for (String opener : openers) {
            try {
                Process process = new ProcessBuilder(opener, address).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0) {
                    return true;
                }
            } catch (IOException e) {
                continue;
            }
        }
        return false;
    }
}
