package quick;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler with its output in memory, so that nothing is written by a compilation that fails. */
final class Compiler {
    /** As {@code tests/tests.java} has them, with the debug information that JBang asks for. */
    static final List<String> OPTIONS = List.of("-g", "-parameters", "-Xlint:none", "-nowarn", "-proc:none", "-implicit:none");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final String classPath;
    private final PrintStream messages;

    Compiler(String classPath, PrintStream messages) {
        this.classPath = classPath;
        this.messages = messages;
    }

    /** The classes of each of these sources; empty, and the errors are printed, when they do not compile. */
    Optional<Map<Path, Map<String, byte[]>>> compile(Collection<Path> sources) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
                InMemory memory = new InMemory(files)) {
            List<String> options = new java.util.ArrayList<>(OPTIONS);
            // No source path: a source that is not given must not be found by itself.
            options.addAll(List.of("-classpath", classPath, "-sourcepath", ""));
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            boolean good = javac.getTask(null, memory, problems, options, null, units).call();
            problems.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).forEach(messages::println);
            return good ? Optional.of(memory.bySource()) : Optional.empty();
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<URI, Map<String, ByteArrayOutputStream>> outputs = new HashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
                FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            String name = className.replace('.', '/');
            outputs.computeIfAbsent(sibling.toUri(), uri -> new TreeMap<>()).put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace("$", "%24")), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<Path, Map<String, byte[]>> bySource() {
            return outputs.entrySet().stream().collect(Collectors.toMap(e -> Path.of(e.getKey()),
                    e -> e.getValue().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                            c -> c.getValue().toByteArray()))));
        }
    }
}
