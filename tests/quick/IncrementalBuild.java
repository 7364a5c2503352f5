package quick;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles the sources that changed and all that can see the difference, and nothing else.
 *
 * <p>A source can see the difference in a class when what others can see of the class has changed (see {@link ClassFile#api})
 * and the source's own classes refer to it, or the source's text names it or one of its subtypes. References alone are not
 * enough: a constant's value is copied and leaves none, and a new class can take a name that meant another one. Names alone
 * are not enough: in {@code a.b().c()} the class of {@code b()} is never named. Both together are, with the subtypes, through
 * which members are inherited. It goes on until nothing that others can see changes any more.
 */
final class IncrementalBuild {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    /** From here on one compilation of everything is not slower. */
    private static final double MOST = 0.5;
    private static final int MOST_ROUNDS = 10;

    private final SourceSet set;
    private final BuildState state;
    private final Path classes;
    private final Compiler compiler;
    private final PrintStream messages;
    private final Set<Path> compiled = new TreeSet<>();
    private final Map<Path, Set<String>> words = new HashMap<>();

    /** @param classes where the classes of {@code state} are */
    IncrementalBuild(SourceSet set, BuildState state, Path classes, Compiler compiler, PrintStream messages) {
        this.set = set;
        this.state = state;
        this.classes = classes;
        this.compiler = compiler;
        this.messages = messages;
    }

    /** What was compiled, at least once. */
    Set<Path> compiled() {
        return compiled;
    }

    /** Brings the classes up to date; false, and the errors are printed, when a source does not compile. */
    boolean run() throws IOException {
        Map<Path, String> hashes = new TreeMap<>();
        set.texts().forEach((path, text) -> hashes.put(path, hash(text)));
        Set<String> changedClasses = forgetRemoved();
        Set<Path> todo = new TreeSet<>();
        hashes.forEach((path, hash) -> {
            if (!hash.equals(known(path).hash())) {
                todo.add(path);
            }
        });
        todo.addAll(dependents(changedClasses));
        for (int round = 1; !todo.isEmpty(); round++) {
            if (todo.size() > set.texts().size() * MOST || round > MOST_ROUNDS) {
                todo.addAll(set.texts().keySet());
            }
            Optional<Set<String>> changed = compile(todo, hashes);
            if (changed.isEmpty()) {
                return false;
            }
            // Those that were compiled together have seen each other as they are now.
            Set<Path> next = dependents(changed.get());
            next.removeAll(todo);
            todo.clear();
            todo.addAll(next);
        }
        if (!compiled.isEmpty() || !changedClasses.isEmpty()) {
            // Only now: until everything has seen the new classes, the next build must begin with the same sources again.
            compiled.forEach(path -> state.sources().put(path.toString(),
                    new BuildState.Source(hashes.get(path), known(path).classes())));
            state.write();
        }
        return true;
    }

    /** Deletes the classes of sources that are gone, and says which. */
    private Set<String> forgetRemoved() throws IOException {
        Set<String> gone = new TreeSet<>();
        Set<String> there = new HashSet<>();
        set.texts().keySet().forEach(path -> there.add(path.toString()));
        for (Map.Entry<String, BuildState.Source> source : state.sources().entrySet()) {
            if (!there.contains(source.getKey())) {
                gone.addAll(source.getValue().classes().keySet());
            }
        }
        if (gone.isEmpty()) {
            return gone;
        }
        markUnknown(dependents(gone));
        for (String name : gone) {
            Files.deleteIfExists(file(name));
        }
        state.sources().keySet().removeIf(path -> !there.contains(path));
        state.write();
        return gone;
    }

    private void markUnknown(Collection<Path> sources) throws IOException {
        for (Path path : sources) {
            state.sources().put(path.toString(), new BuildState.Source(BuildState.UNKNOWN, known(path).classes()));
        }
        state.write();
    }

    /** The classes whose visible part has changed; empty when it does not compile. */
    private Optional<Set<String>> compile(Set<Path> sources, Map<Path, String> hashes) throws IOException {
        markUnknown(sources);
        compiled.addAll(sources);
        Optional<Map<Path, Map<String, byte[]>>> outputs = compiler.compile(sources);
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        Set<String> changed = new TreeSet<>();
        Map<Path, Map<String, ClassFile>> made = new TreeMap<>();
        for (Path source : sources) {
            Map<String, ClassFile> after = new TreeMap<>();
            for (byte[] bytes : outputs.get().getOrDefault(source, Map.of()).values()) {
                ClassFile one = ClassFile.parse(bytes);
                after.put(one.name(), one);
            }
            made.put(source, after);
            changed.addAll(differences(known(source).classes(), after));
        }
        if (alsoMadeElsewhere(made)) {
            return Optional.empty();
        }
        // Before the first class is written: who depends on them must be compiled, also if this build ends here.
        markUnknown(dependents(changed));
        for (Path source : sources) {
            for (String name : known(source).classes().keySet()) {
                if (!made.get(source).containsKey(name)) {
                    Files.deleteIfExists(file(name));
                }
            }
        }
        for (Map<String, byte[]> ofSource : outputs.get().values()) {
            for (Map.Entry<String, byte[]> one : ofSource.entrySet()) {
                write(file(one.getKey()), one.getValue());
            }
        }
        made.forEach((path, after) -> state.sources().put(path.toString(),
                new BuildState.Source(BuildState.UNKNOWN, after)));
        return Optional.of(changed);
    }

    private static Set<String> differences(Map<String, ClassFile> before, Map<String, ClassFile> after) {
        Set<String> changed = new TreeSet<>();
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String name : all) {
            String was = before.containsKey(name) ? before.get(name).api() : null;
            String is = after.containsKey(name) ? after.get(name).api() : null;
            if (!Objects.equals(was, is)) {
                changed.add(name);
            }
        }
        return changed;
    }

    /** Two sources with the same class would overwrite each other; a compilation of everything refuses that, so do we. */
    private boolean alsoMadeElsewhere(Map<Path, Map<String, ClassFile>> made) {
        for (Map.Entry<String, BuildState.Source> other : state.sources().entrySet()) {
            if (made.containsKey(Path.of(other.getKey()))) {
                continue;
            }
            for (Map.Entry<Path, Map<String, ClassFile>> mine : made.entrySet()) {
                for (String name : mine.getValue().keySet()) {
                    if (other.getValue().classes().containsKey(name)) {
                        messages.println(mine.getKey() + ": error: duplicate class: " + name.replace('/', '.')
                                + ", also in " + other.getKey());
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The sources that can see a difference in one of these classes. */
    private Set<Path> dependents(Set<String> changed) {
        Set<Path> found = new TreeSet<>();
        if (changed.isEmpty()) {
            return found;
        }
        Set<String> visible = withSubtypes(changed);
        Set<String> names = new HashSet<>();
        visible.forEach(name -> names.add(ClassFile.simpleName(name)));
        for (Path path : set.texts().keySet()) {
            boolean refers = known(path).classes().values().stream().anyMatch(one -> visible.contains(one.name())
                    || one.references().stream().anyMatch(visible::contains));
            if (refers || words(path).stream().anyMatch(names::contains)) {
                found.add(path);
            }
        }
        return found;
    }

    private Set<String> withSubtypes(Set<String> changed) {
        Set<String> all = new TreeSet<>(changed);
        int before;
        do {
            before = all.size();
            for (BuildState.Source source : state.sources().values()) {
                for (ClassFile one : source.classes().values()) {
                    if (one.supertypes().stream().anyMatch(all::contains)) {
                        all.add(one.name());
                    }
                }
            }
        } while (all.size() > before);
        return all;
    }

    private Set<String> words(Path path) {
        return words.computeIfAbsent(path, p -> {
            Set<String> found = new HashSet<>();
            Matcher matcher = WORD.matcher(set.texts().get(p));
            while (matcher.find()) {
                found.add(matcher.group());
            }
            return found;
        });
    }

    private BuildState.Source known(Path path) {
        return state.sources().getOrDefault(path.toString(), new BuildState.Source(BuildState.UNKNOWN, Map.of()));
    }

    private Path file(String className) {
        return classes.resolve(className + ".class");
    }

    /** By a new file in its place: a run whose snapshot shares the old one keeps that. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String hash(String text) {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
