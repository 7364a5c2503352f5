package runner;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which lane runs which test class: the one that comes first. So no lane is idle while another has much left to do. A class is
 * claimed by making a file of its name in a folder that all lanes share.
 */
public final class Claims {
    /** Those that took more than six seconds when all ran on two processors, the slowest first: one at the end would be waited for. */
    private static final List<String> SLOW = List.of(
            "containers.FullDisksTest", "containers.ProductionTest", "launch.LauncherMemoryTest", "gate.GateTest",
            "embedded.page.BrowserLooksTest", "e2e.MatrixTest", "containers.FaultsTest", "containers.ExecTest",
            "containers.KilledUnderLoadTest", "claude.WorkerFaultsTest", "containers.PromisesTest", "launch.LauncherTest",
            "e2e.CollectorFaultsTest", "containers.LateTracesTest", "cli.SignalsTest", "embedded.daemon.DaemonTroubleTest",
            "cli.StateFolderTest", "embedded.intake.ThreePlacesTest", "e2e.WholeRunSignalsTest", "codex.CodexFaultTest",
            "cli.BaselineBesideTest", "e2e.RealWorkersTest", "gate.RefereeTest", "cli.VerifyReviewTest",
            "containers.StackLifeTest", "containers.SignalsTest", "cli.BadInputTest", "claude.RealClaudeTroubleTest",
            "embedded.daemon.MemoryTest", "e2e.PastRunsTest", "containers.StackDoctorTest", "e2e.NumbersReconcileTest",
            "cli.HelloWorldTest", "e2e.DisplayTest", "cli.RegradeTest", "claude.RealClaudeTest",
            "containers.SecuredEngineTest", "embedded.page.BrowserTest", "claudejudge.ClaudeJudgeTest", "cli.VerifyTest",
            "handover.ExportToolsTest", "telemetry.FaultsTest", "reasoning.JudgeFaultsTest", "doctor.RemoteWayTest",
            "embedded.daemon.DaemonTest", "rehearsal.RehearsedRunTest", "e2e.CanaryTest", "codex.RealCodexTest",
            "e2e.SentWhileResumedTest", "cli.run.SettingsFilesTest", "cli.UntestedProjectTest", "embedded.store.StoreTest",
            "cli.VerifyTelemetryTest", "fuzz.FuzzTest", "e2e.SentAgainTest", "process.ChildProcessTest", "e2e.KilledRunsTest",
            "claude.ClaudeWorkerTest", "process.GuardianTest", "cli.VerifyKilledTest", "verdict.TrialTest",
            "verdict.rules.CostlyTextTest", "functions.CheckServerTest", "cli.ShowTest", "claudejudge.RealClaudeJudgeTest",
            "telemetry.EnvironmentsTest");

    private final Path folder;

    public Claims(Path folder) {
        this.folder = folder;
    }

    /** Whether the class is the caller's to run; true once for each name. */
    public boolean take(String className) throws IOException {
        try {
            Files.createFile(folder.resolve(className));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** The slow ones first, the others by name. */
    static List<String> inOrder(Collection<String> classNames) {
        return classNames.stream().sorted(Comparator.<String>comparingInt(name -> SLOW.contains(name) ? SLOW.indexOf(name)
                : SLOW.size()).thenComparing(Comparator.naturalOrder())).toList();
    }

    /**
     * The order in which a lane asks for classes. Containers share one engine: their tests are run by one lane, which begins with
     * them.
     *
     * @param first whether this is the lane of the containers
     */
    public static List<String> inOrder(Collection<String> classNames, boolean first) {
        List<String> names = new ArrayList<>();
        if (first) {
            names.addAll(inOrder(classNames.stream().filter(Claims::needsTheEngine).toList()));
        }
        names.addAll(inOrder(classNames.stream().filter(name -> !needsTheEngine(name)).toList()));
        return names;
    }

    private static boolean needsTheEngine(String className) {
        return className.startsWith("containers.");
    }
}
