package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import services.StackOptions;

class SendersMixinTest {
    private static StackOptions options(String engine, String... words) {
        SendersMixin mixin = CommandLine.populateCommand(new SendersMixin(), words);
        return mixin.addTo(StackOptions.defaults(), engine);
    }

    @Test
    void namesAreTakenOneByOneAndInLists() {
        StackOptions options = options("embedded", "--allowed-hosts", "otel.internal,[::2]", "--allowed-hosts",
                "host.docker.internal", "--allowed-origins", "https://app.example:8443,app://desk");
        assertEquals(List.of("otel.internal", "[::2]", "host.docker.internal"), options.senders().hosts());
        assertEquals(List.of("https://app.example:8443", "app://desk"), options.senders().origins());
        assertEquals(StackOptions.Senders.NONE, options("docker").senders());
    }

    @ParameterizedTest
    @CsvSource({"--allowed-hosts, *", "--allowed-hosts, otel.internal:4318", "--allowed-hosts, http://otel.internal",
        "--allowed-origins, *", "--allowed-origins, app.example", "--allowed-origins, https://app.example/page",
        "--allowed-origins, https://*.example"})
    void whatIsNoNameIsAUsageError(String option, String value) {
        Failure failure = assertThrows(Failure.class, () -> options("embedded", option, value));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().startsWith(option + " " + value + ": not a"), failure.getMessage());
    }

    @Test
    void anotherEngineSaysWhereItIsDoneThere() {
        Failure failure = assertThrows(Failure.class, () -> options("docker", "--allowed-hosts", "otel.internal"));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("docker"), failure.getMessage());
    }
}
