package quick;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the last build knew. It is written before classes are touched, with those sources marked as unknown, and again when
 * the build has ended well: whatever ends a build in between, the next one compiles them again.
 */
final class BuildState {
    /** The hash of a source whose classes may be anything. */
    static final String UNKNOWN = "";
    private static final int FORMAT = 1;

    /** One source: what its text was, and the classes that were made of it. */
    record Source(String hash, Map<String, ClassFile> classes) {}

    private final Path file;
    private String key = "";
    private String classPath = "";
    private final Map<String, Source> sources = new TreeMap<>();

    private BuildState(Path file) {
        this.file = file;
    }

    /** The state in that file; an empty one where there is none that can be read. */
    static BuildState read(Path file) {
        BuildState state = new BuildState(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != FORMAT) {
                return state;
            }
            String key = in.readUTF();
            String classPath = text(in);
            Map<String, Source> sources = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                String path = in.readUTF();
                String hash = in.readUTF();
                Map<String, ClassFile> classes = new TreeMap<>();
                for (int j = in.readInt(); j > 0; j--) {
                    ClassFile one = new ClassFile(in.readUTF(), in.readUTF(), names(in), names(in));
                    classes.put(one.name(), one);
                }
                sources.put(path, new Source(hash, classes));
            }
            state.key = key;
            state.classPath = classPath;
            state.sources.putAll(sources);
            return state;
        } catch (IOException e) {
            return state;
        }
    }

    void write() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeInt(FORMAT);
            out.writeUTF(key);
            byte[] path = classPath.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeInt(path.length);
            out.write(path);
            out.writeInt(sources.size());
            for (Map.Entry<String, Source> source : sources.entrySet()) {
                out.writeUTF(source.getKey());
                out.writeUTF(source.getValue().hash());
                out.writeInt(source.getValue().classes().size());
                for (ClassFile one : source.getValue().classes().values()) {
                    out.writeUTF(one.name());
                    out.writeUTF(one.api());
                    names(out, one.supertypes());
                    names(out, one.references());
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Set<String> names(DataInputStream in) throws IOException {
        Set<String> names = new TreeSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static void names(DataOutputStream out, Set<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    /** What, beside the sources, the classes were made with: the compiler, its options, the dependencies. */
    String key() {
        return key;
    }

    String classPath() {
        return classPath;
    }

    /** Forgets everything, for classes that are made anew with this. */
    void startAnew(String newKey, String newClassPath) {
        key = newKey;
        classPath = newClassPath;
        sources.clear();
    }

    Map<String, Source> sources() {
        return sources;
    }
}
