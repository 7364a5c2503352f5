package verdict;

import contract.StateFolders;
import functions.tree.StateStore;
import functions.tree.StateStore.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of the project, in which checks are run on other states than the present one, one after the other. It is switched
 * by git, which writes only what differs, so that it stays warm. The working directory is read once and never written.
 */
final class Copy implements AutoCloseable {
    /** How the state of a file begins that is too large to be kept; see the room {@code functions}. */
    private static final String LARGE = "\0a large file: ";
    private static final int LONGEST_MARK = 200;
    /** Of large files together: more would hold the run up for minutes. */
    private static final long MOST_BYTES = 2L << 30;

    private final StateStore states;
    private final Path live;
    private final CopyPlace place;
    private final Path root;
    private final Path index;
    private final List<String> installed;
    private final Optional<Overlay> overlay;
    private Set<String> files = Set.of();

    private Copy(StateStore states, Path live, CopyPlace place, List<String> installed, Optional<Overlay> overlay) {
        this.states = states;
        this.live = live;
        this.place = place;
        this.root = place.folder().resolve("tree");
        this.index = place.folder().resolve("index");
        this.installed = installed;
        this.overlay = overlay;
    }

    /**
     * @param all the folder of all copies
     * @param trees the states that will be looked at
     * @param since when the run began; see {@link Installed}
     * @throws Unfit when there can be no copy, or one that would show the new files as the old ones
     */
    static Copy make(StateStore states, Path live, Path all, List<String> trees, long since, Map<String, String> environment)
            throws Unfit, InterruptedException {
        CopyPlace place = null;
        try {
            place = CopyPlace.take(all);
            Path root = Files.createDirectory(place.folder().resolve("tree"));
            Installed installed = new Installed(live, since);
            List<String> wanted = installed.wanted(states.ignored());
            installed.copy(wanted, root, environment);
            Optional<Overlay> overlay = Overlay.find(place.folder(), environment);
            if (overlay.isEmpty()) {
                Optional<String> back = LeadsBack.find(states, trees, live, root, wanted, environment);
                if (back.isPresent()) {
                    throw new Unfit(back.get() + ", and this system does not let the copy stand in its place");
                }
            }
            return new Copy(states, live, place, wanted, overlay);
        } catch (IOException | Unavailable e) {
            throw released(place, new Unfit("no copy can be made: " + e.getMessage(), e));
        } catch (Unfit e) {
            throw released(place, e);
        }
    }

    private static Unfit released(CopyPlace place, Unfit unfit) {
        if (place != null) {
            place.close();
        }
        return unfit;
    }

    /** Where a check runs: under the working directory's own path where the copy can stand there, else in the copy. */
    Path directory() {
        return overlay.isPresent() ? live : root;
    }

    Path root() {
        return root;
    }

    /** An empty folder beside the copy. */
    Path scratch() throws IOException {
        return Files.createTempDirectory(place.folder(), "report");
    }

    /** The command as it has to be started, from {@link #root}. */
    List<String> command(List<String> words) {
        return overlay.map(o -> o.command(root, live, words)).orElse(words);
    }

    /** The variables with what named the working directory naming the copy, unless the copy stands in its place. */
    Map<String, String> environment(Map<String, String> variables) {
        return overlay.isPresent() ? variables : variables.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                e -> e.getValue().replaceAll("(^|[:=])" + java.util.regex.Pattern.quote(live.toString()) + "(?=$|[:/])",
                        "$1" + java.util.regex.Matcher.quoteReplacement(root.toString()))));
    }

    /**
     * For a state that nobody knew of when the copy was made.
     *
     * @throws Unfit when something in it leads back into the working directory
     */
    void admit(String state) throws Unfit, InterruptedException {
        if (overlay.isPresent()) {
            return;
        }
        try {
            Optional<String> back = LeadsBack.find(states, List.of(state), live, root, List.of(), Map.of());
            if (back.isPresent()) {
                throw new Unfit(back.get() + ", and this system does not let the copy stand in its place");
            }
        } catch (Unavailable e) {
            throw new Unfit("the state cannot be looked through: " + e.getMessage(), e);
        }
    }

    /** Makes the copy hold a state, and removes what earlier checks left between the sources. */
    void show(String state, Set<String> paths) throws Unfit, InterruptedException {
        try {
            if (!files.isEmpty()) {
                for (String stranger : states.strangers(root, index)) {
                    Files.deleteIfExists(root.resolve(stranger));
                }
            }
            states.write(state, root, index);
            if (!paths.containsAll(files)) {
                // A build may still hold what came from a source that is gone.
                removeOutput();
            }
            files = Set.copyOf(paths);
            large();
        } catch (Unavailable | IOException e) {
            throw new Unfit("the copy cannot be switched: " + e.getMessage(), e);
        }
    }

    /** Gives files of the state other texts, until it is shown anew. */
    void put(Map<String, String> texts) throws Unfit {
        try {
            for (Map.Entry<String, String> file : texts.entrySet()) {
                Path path = root.resolve(file.getKey());
                // Never through a link, which may lead out of the copy.
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && path.toRealPath().startsWith(root.toRealPath())) {
                    Files.writeString(path, file.getValue());
                }
            }
        } catch (IOException e) {
            throw new Unfit("the copy cannot be altered: " + e.getMessage(), e);
        }
    }

    private void removeOutput() throws IOException {
        List<Path> output;
        try (Stream<Path> all = Files.find(root, 6, (path, attributes) -> attributes.isDirectory()
                && Installed.output(path.getFileName().toString()) && belongsToNobody(root.relativize(path).toString()))) {
            output = all.toList();
        }
        for (Path folder : output) {
            StateFolders.remove(folder);
        }
    }

    /** Whether neither a state nor what is installed has a say in this folder. */
    private boolean belongsToNobody(String path) {
        return installed.stream().noneMatch(i -> path.startsWith(i + "/"))
                && files.stream().noneMatch(f -> f.startsWith(path + "/"));
    }

    /** Files that no state keeps, because they are large, are taken from the working directory while they are the same. */
    private void large() throws IOException, Unfit {
        long copiedBytes = 0;
        for (String path : files) {
            Path copied = root.resolve(path);
            if (!Files.isRegularFile(copied, LinkOption.NOFOLLOW_LINKS) || Files.size(copied) > LONGEST_MARK) {
                continue;
            }
            String mark = new String(Files.readAllBytes(copied), StandardCharsets.UTF_8);
            if (mark.startsWith(LARGE)) {
                Path own = live.resolve(path);
                boolean same = Files.isRegularFile(own) && mark.equals(LARGE + Files.size(own) + " bytes, modified "
                        + Files.getLastModifiedTime(own) + "\n");
                if (!same) {
                    throw new Unfit("the large file " + path + " changed, and its earlier content was not kept");
                }
                copiedBytes += Files.size(own);
                if (copiedBytes > MOST_BYTES || Files.size(own) > Files.getFileStore(root).getUsableSpace()) {
                    throw new Unfit("the large file " + path + " is too large to be copied");
                }
                Files.copy(own, copied, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Override
    public void close() {
        place.close();
    }
}
