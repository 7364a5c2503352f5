///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1500m
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.main=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.model=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
//JAVA_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED
//JAVA_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//JAVA_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED
//COMPILE_OPTIONS -encoding UTF-8
//DEPS com.puppycrawl.tools:checkstyle:12.1.2
//DEPS com.google.errorprone:error_prone_core:2.42.0
//DEPS com.uber.nullaway:nullaway:0.12.12

import com.puppycrawl.tools.checkstyle.Checker;
import com.puppycrawl.tools.checkstyle.ConfigurationLoader;
import com.puppycrawl.tools.checkstyle.PropertiesExpander;
import com.puppycrawl.tools.checkstyle.api.AuditEvent;
import com.puppycrawl.tools.checkstyle.api.AuditListener;
import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * {@code make lint}: the style (Checkstyle), defects that a compiler can see (Error Prone, NullAway), the shell scripts
 * (shellcheck) and the page's JavaScript (node). Each prints what it found; the exit code is 1 when one of them found
 * something. A tool that is not installed is said, and is no failure.
 */
class Lint {
    /** Warnings of Error Prone that are errors here. All its own errors are, anyway. */
    private static final List<String> ERRORS = List.of("DefaultCharset", "IntLongMath",
            "NarrowCalculation", "UnusedVariable", "UnusedMethod", "ModifiedButNotUsed", "MissingOverride", "Finally",
            "CatchAndPrintStackTrace", "NonAtomicVolatileUpdate", "SynchronizeOnNonFinalField", "EqualsGetClass",
            "JavaLangClash", "MutablePublicArray", "StreamResourceLeak", "ThreadPriorityCheck", "WaitNotInLoop",
            "InconsistentCapitalization", "TypeParameterShadowing");
    /** Rooms that hold to "what is not marked as nullable is not null". */
    private static final List<String> NULL_SAFE = List.of("agent", "console", "contract", "display");

    private final Path root;
    private boolean good = true;

    private Lint(Path root) {
        this.root = root;
    }

    public static void main(String... arguments) throws Exception {
        Lint lint = new Lint(Path.of(arguments[0]).toAbsolutePath().normalize());
        lint.style();
        lint.defects();
        lint.scripts();
        lint.page();
        System.exit(lint.good ? 0 : 1);
    }

    private void result(String tool, int findings) {
        good &= findings == 0;
        System.out.println((findings == 0 ? "ok       " : "FAILED   ") + tool + (findings == 0 ? "" : ": " + findings));
    }

    private static void skipped(String tool, String why) {
        System.out.println("skipped  " + tool + ": " + why);
    }

    private List<Path> files(String... endings) throws IOException, InterruptedException {
        // What git knows or would add: no build output, and new files before they are committed.
        return output("git", "-C", root.toString(), "ls-files", "--cached", "--others", "--exclude-standard").lines()
                .filter(name -> Stream.of(endings).anyMatch(name::endsWith)).map(root::resolve)
                .filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }

    private void style() throws CheckstyleException, IOException, InterruptedException {
        Checker checker = new Checker();
        checker.setModuleClassLoader(Checker.class.getClassLoader());
        Properties properties = new Properties();
        properties.setProperty("config_loc", root.resolve(".ci/lint").toString());
        checker.configure(ConfigurationLoader.loadConfiguration(root.resolve(".ci/lint/checkstyle.xml").toString(),
                new PropertiesExpander(properties)));
        checker.addListener(new Found());
        int errors = checker.process(files(".java").stream().map(Path::toFile).collect(Collectors.toList()));
        checker.destroy();
        result("style (Checkstyle)", errors);
    }

    /** Prints each finding with its path in the checkout. */
    private final class Found implements AuditListener {
        @Override
        public void addError(AuditEvent event) {
            System.out.println(root.relativize(Path.of(event.getFileName())) + ":" + event.getLine() + ": "
                    + event.getMessage());
        }

        @Override
        public void addException(AuditEvent event, Throwable problem) {
            System.out.println(event.getFileName() + ": " + problem);
        }

        @Override
        public void auditStarted(AuditEvent event) {}

        @Override
        public void auditFinished(AuditEvent event) {}

        @Override
        public void fileStarted(AuditEvent event) {}

        @Override
        public void fileFinished(AuditEvent event) {}
    }

    /** The programs with all rules; the tests, which know what they do with nulls and futures, with Error Prone's errors. */
    private void defects() throws IOException, InterruptedException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            skipped("defects (Error Prone, NullAway)", "this Java has no compiler");
            return;
        }
        String dependencies = output(root.resolve("jbang").toString(), "--quiet", "info", "classpath", "--deps-only",
                root.resolve("tests/tests.java").toString()).strip();
        Path programs = Files.createTempDirectory("lint");
        Path tests = Files.createTempDirectory("lint");
        try {
            List<Path> all = files(".java");
            List<Path> ofTests = all.stream().filter(f -> root.relativize(f).startsWith("tests")).collect(Collectors.toList());
            // The comparison with vendors' own clients is a script of its own, with libraries of its own.
            List<Path> ofPrograms = all.stream().filter(f -> !ofTests.contains(f) && !root.relativize(f).startsWith(".ci")
                    && !root.relativize(f).startsWith("tests-vendors")).collect(Collectors.toList());
            String rules = "-Xplugin:ErrorProne -XepDisableAllWarnings "
                    + ERRORS.stream().map(e -> "-Xep:" + e + ":ERROR ").collect(Collectors.joining())
                    + "-Xep:NullAway:ERROR -XepOpt:NullAway:AnnotatedPackages=" + String.join(",", NULL_SAFE)
                    + " -XepOpt:NullAway:KnownInitializers=picocli.CommandLine.call"
                    + " -XepOpt:NullAway:ExcludedFieldAnnotations=picocli.CommandLine.Option,picocli.CommandLine.Parameters,"
                    + "picocli.CommandLine.Mixin,picocli.CommandLine.Spec,picocli.CommandLine.ParentCommand";
            int found = compile(javac, ofPrograms, dependencies, programs, rules);
            if (found > 0) {
                System.out.println("the tests are compiled against these classes: they are looked at when the above is fixed");
                result("defects (Error Prone, NullAway)", found);
                return;
            }
            found += compile(javac, ofTests, programs + File.pathSeparator + dependencies, tests,
                    "-Xplugin:ErrorProne -XepDisableAllWarnings");
            result("defects (Error Prone, NullAway)", found);
        } finally {
            delete(programs);
            delete(tests);
        }
    }

    private int compile(JavaCompiler javac, List<Path> sources, String classPath, Path target, String plugin)
            throws IOException {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
            List<String> options = new ArrayList<>(List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW",
                    "-processorpath", System.getProperty("java.class.path"), plugin, "-parameters", "-proc:none",
                    "-Xmaxerrs", "1000", "-classpath", classPath, "-d", target.toString()));
            javac.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources)).call();
        }
        List<Diagnostic<? extends JavaFileObject>> errors = found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR).collect(Collectors.toList());
        errors.forEach(e -> System.out.println((e.getSource() == null ? ""
                : root.relativize(Path.of(e.getSource().toUri())) + ":" + e.getLineNumber() + ": ") + e.getMessage(null)
                .lines().findFirst().orElse("")));
        return errors.size();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }

    private void scripts() throws IOException, InterruptedException {
        // test -ef is in every sh that this meets (dash, bash, busybox, macOS); "ls -lL" gives size and time of one program.
        List<String> scripts = new ArrayList<>(List.of("--exclude=SC3013,SC2012"));
        for (Path file : files("")) {
            byte[] head = new byte[64];
            try (java.io.InputStream in = Files.newInputStream(file)) {
                int length = in.readNBytes(head, 0, head.length);
                String line = new String(head, 0, length, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
                if (line.matches("#!.*\\b(sh|bash)\\b.*")) {
                    scripts.add(file.toString());
                }
            }
        }
        run("scripts (shellcheck)", scripts.size() - 1, "shellcheck", scripts.toArray(new String[0]));
    }

    /** Its files are ECMAScript modules, which node knows by the ending .mjs. */
    private void page() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lint");
        try {
            List<String> modules = new ArrayList<>();
            for (Path file : files(".js")) {
                Path copy = folder.resolve(root.relativize(file).toString().replace('/', '.').replaceFirst("js$", "mjs"));
                Files.copy(file, copy);
                modules.add(copy.toString());
            }
            int failed = 0;
            for (String module : modules) {
                Integer code = exitCode("node", "--check", module);
                if (code == null) {
                    skipped("page (node --check)", "node is not installed");
                    return;
                }
                failed += code == 0 ? 0 : 1;
            }
            result("page (node --check)", failed);
        } finally {
            delete(folder);
        }
    }

    private void run(String name, int files, String program, String... arguments) throws IOException, InterruptedException {
        if (files == 0) {
            skipped(name, "no files");
            return;
        }
        String[] command = Stream.concat(Stream.of(program), Stream.of(arguments)).toArray(String[]::new);
        Integer code = exitCode(command);
        if (code == null) {
            skipped(name, program + " is not installed");
        } else {
            result(name, code == 0 ? 0 : 1);
        }
    }

    /** Null where there is no such program. */
    private static Integer exitCode(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            return null;
        }
    }
}
