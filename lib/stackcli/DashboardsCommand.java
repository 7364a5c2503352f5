package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Table;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import services.Dashboards;
import services.ServiceStatus;

/** {@code stack dashboards}. */
@Command(name = "dashboards", mixinStandardHelpOptions = true, usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Grafana's dashboards: list them, write one to a file, or put a file into Grafana.", ""},
        subcommands = {DashboardsCommand.ListCommand.class, DashboardsCommand.PullCommand.class,
            DashboardsCommand.PushCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  stack dashboards list", "  stack dashboards pull my-uid --into my-stack/grafana/dashboards",
            "  stack dashboards push my-stack/grafana/dashboards/my-uid.json", "",
            "If Grafana asks for a login, set AGENTPROXY_STACK_GRAFANA_TOKEN to the token of a service account."})
final class DashboardsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Integer call() {
        throw Failure.usage("'stack dashboards' needs a subcommand", "stack dashboards list, pull or push");
    }

    private static Grafana grafana(StackCommand stack, ConsoleProgress progress) {
        ServiceStatus grafana = stack.engines(progress).containersFor("dashboards").status().stream()
                .filter(status -> status.service().equals("grafana")).findFirst().orElseThrow();
        String address = grafana.urls().get("page");
        if (address == null) {
            throw new Failure("grafana is " + grafana.state().value(), "stack up", ExitCode.NOT_READY);
        }
        return Grafana.ofStack(address, stack.environment.getOrDefault(Grafana.TOKEN_VARIABLE, ""));
    }

    /** {@code stack dashboards list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
            description = {"List the dashboards.", ""}, footerHeading = "%nExamples:%n",
            footer = {"  stack dashboards list", "  stack dashboards list --json"})
    static final class ListCommand extends StackVerb {
        @Option(names = "--json", description = "Print JSON, for a script.")
        boolean json;

        @Override
        int run(ConsoleProgress progress) throws InterruptedException {
            List<Grafana.Found> found = grafana(stack, progress).list();
            if (json) {
                stack.console.out(StatusView.text(found));
            } else {
                Table table = new Table(stack.console.width(), "UID", "FOLDER", "TITLE");
                found.forEach(one -> table.row(one.uid(), one.folder(), one.title()));
                table.lines(stack.console.outPalette()).forEach(stack.console::out);
            }
            return ExitCode.OK;
        }
    }

    /** {@code stack dashboards pull}. */
    @Command(name = "pull", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
            description = {"Write a dashboard to a file, with the changes made in the browser.", ""},
            footerHeading = "%nExamples:%n", footer = "  stack dashboards pull my-uid --into my-stack/grafana/dashboards")
    static final class PullCommand extends StackVerb {
        @Parameters(index = "0", paramLabel = "UID", description = "The dashboard's uid; see list.")
        String uid;

        @Option(names = "--into", paramLabel = "DIR", defaultValue = ".", description = "The folder for the file UID.json"
                + " (default: here).")
        Path into;

        @Override
        int run(ConsoleProgress progress) throws InterruptedException {
            if (!uid.matches("[A-Za-z0-9_-]{1,40}")) {
                throw Failure.usage("'" + uid + "' is not the uid of a dashboard", "stack dashboards list shows the uids");
            }
            try {
                ObjectNode dashboard = grafana(stack, progress).pull(uid);
                Path file = into.resolve(uid + ".json");
                Files.createDirectories(into);
                Files.writeString(file, StatusView.text(dashboard) + "\n");
                stack.console.out(file.toString());
                return ExitCode.OK;
            } catch (IOException e) {
                throw Failure.error("cannot write to " + into + ": " + e.getMessage(), "choose another folder: --into", e);
            }
        }
    }

    /** {@code stack dashboards push}. */
    @Command(name = "push", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
            description = {"Put dashboards from files into Grafana and replace those with the same uid.", ""},
            footerHeading = "%nExamples:%n",
            footer = "  stack dashboards push my-stack/grafana/dashboards/my-uid.json")
    static final class PushCommand extends StackVerb {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON files.")
        List<Path> files;

        @Override
        int run(ConsoleProgress progress) throws InterruptedException {
            Grafana grafana = grafana(stack, progress);
            for (Path file : files) {
                stack.console.out(grafana.push(read(file)));
            }
            return ExitCode.OK;
        }

        private static JsonNode read(Path file) {
            try {
                JsonNode dashboard = JSON.readTree(Files.readString(file));
                if (dashboard == null || Dashboards.title(dashboard).isEmpty()) {
                    throw Failure.usage(file + " is not a dashboard: it has no title", "export a dashboard from Grafana, or pull one");
                }
                return dashboard;
            } catch (IOException e) {
                throw Failure.usage("cannot read " + file + " as a dashboard: " + e.getMessage(), "give a JSON file");
            }
        }
    }
}
