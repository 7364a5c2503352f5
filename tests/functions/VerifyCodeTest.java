package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCodeTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "python3 | a.py    | print('hi')",
        "sh      | a.sh    | echo hi",
        "bash    | a.bash  | [[ 1 == 1 ]] && echo hi",
        "node    | a.js    | console.log('hi')",
        "node    | a.mjs   | import fs from 'fs'; console.log('hi')",
        "perl    | a.pl    | print qq(hi\\n);",
        "java    | Hi.java | class Hi { public static void main(String... a) { System.out.println(\"hi\"); } }",
        "sh      | noending| #!/bin/sh⏎echo hi",
        "python3 | odd.txt | #!/usr/bin/env python3⏎print('hi')",
        "python3 | flags   | #!/usr/bin/env -S python3 -u⏎print('hi')",
        "python3 | -dash.py| print('hi')",
        "python3 | ü b.py  | print('hi')"})
    void filesAreRunByShebangOrEnding(String program, String file, String text) throws Exception {
        Assumptions.assumeTrue(Project.available(program), program + " is not installed");
        project.file(file, text.split("⏎"));
        FunctionResult result = project.verify(file);
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertTrue(result.output().contains("\nhi\n→ exit code 0"), result.output());
        assertEquals(file, result.verification().orElseThrow().subject());
    }

    /** With programs that only say how they were called. */
    @ParameterizedTest
    @CsvSource({"ruby, a.rb, ruby ./a.rb", "php, a.php, php ./a.php", "lua, sub/a.lua, lua ./sub/a.lua",
        "Rscript, a.R, Rscript ./a.R", "go, a.go, go run ./a.go", "jbang, A.java, jbang ./A.java",
        "swift, a.swift, swift ./a.swift"})
    void interpretersAreCalledByTheirNames(String program, String file, String call) throws Exception {
        Path bin = folder.resolve("bin");
        Files.createDirectories(bin);
        Path fake = Files.writeString(bin.resolve(program), "#!/bin/sh\necho " + program + " \"$@\"\n");
        assertTrue(fake.toFile().setExecutable(true));
        java.util.Map<String, String> environment = new java.util.TreeMap<>(project.options.environment());
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        project.options = Options.consenting(Options.defaults(environment), Consent.ALWAYS);
        project.file(file, "/" + "/DEPS nothing");
        FunctionResult result = project.verify(file);
        assertTrue(result.output().contains("$ " + call + "\n" + call + "\n→ exit code 0"), result.output());
    }

    @Test
    void anExecutableIsRunItself() throws Exception {
        project.program("tool", "#!/bin/sh", "echo $0");
        assertTrue(project.verify("tool").output().startsWith("$ ./tool\n./tool\n"));
    }

    @Test
    void aModuleOfAPackageIsRunAsOne() throws Exception {
        Assumptions.assumeTrue(Project.available("python3"), "python3 is not installed");
        project.file("pkg/__init__.py");
        project.file("pkg/other.py", "X = 'hi'");
        project.file("pkg/mod.py", "from .other import X", "print(X)");
        FunctionResult result = project.verify("pkg/mod.py");
        assertEquals(Verdict.PASS, verdict(result), result.output());
        assertTrue(result.output().startsWith("$ python3 -m pkg.mod\nhi\n"), result.output());
    }

    @Test
    void oneThatFailsMakesItFail() throws Exception {
        project.file("good.sh", "exit 0");
        project.file("bad.sh", "echo broken >&2; exit 3");
        project.file("data.csv", "1,2");
        FunctionResult result = project.verify("good.sh", "bad.sh", "data.csv");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("broken\n→ exit code 3"), result.output());
    }

    @Test
    void oneThatCannotBeRunMakesItSkippedAndSaysWhy() throws Exception {
        project.file("good.sh", "exit 0");
        project.file("data.csv", "1,2");
        FunctionResult result = project.verify("good.sh", "data.csv");
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertFalse(result.success());
        assertTrue(result.output().contains("data.csv: skipped, the way to run it is unknown"), result.output());
    }

    @Test
    void anInterpreterThatIsNotInstalledMakesItSkipped() throws Exception {
        project.file("x", "#!/usr/bin/env no-such-interpreter", "");
        FunctionResult result = project.verify("x");
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertTrue(result.output().contains("no-such-interpreter was not found on the PATH"), result.output());
    }

    @Test
    void anEndlessOneFails() throws Exception {
        Duration limit = Duration.ofMillis(700);
        project.options = Options.within(project.options, new FunctionOptions.TimeLimits(Project.LONG, limit, limit, limit));
        project.file("server.sh", "while :; do sleep 1; done");
        FunctionResult result = project.verify("server.sh");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("verify_product"), result.output());
    }

    @Test
    void nothingIsSkippedAndSaysWhatToDo() throws Exception {
        FunctionResult result = project.verify();
        assertEquals(new Verification(Verification.Type.CODE, Verdict.SKIPPED, "changed files"),
                result.verification().orElseThrow());
        assertTrue(result.output().contains("--verify CMD"));
    }

    @Test
    void defect16_aFileOutsideIsNeitherRunNorRead() throws Exception {
        Files.writeString(folder.resolve("outside.sh"), "touch " + folder.resolve("ran"));
        Files.createSymbolicLink(project.root.resolve("link.sh"), folder.resolve("outside.sh"));
        for (String path : new String[] {"../outside.sh", "link.sh", folder.resolve("outside.sh").toString(), "gone.sh"}) {
            FunctionResult result = project.verify(path);
            assertFalse(result.success());
            assertTrue(result.verification().isEmpty(), "a refusal is no verdict");
        }
        assertFalse(Files.exists(folder.resolve("ran")));
    }

    private static Verdict verdict(FunctionResult result) {
        return result.verification().orElseThrow().verdict();
    }
}
