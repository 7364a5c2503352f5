package console;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * The archive of classes that JBang leaves beside a script's jar for faster starts ({@code //CDS} in the script). JBang makes it
 * in the first run and never again; a first run that only says its version leaves one with next to nothing in it.
 */
public final class ClassArchive {
    /** Between {@code stack --help} (7 MB) and what the least of the working runs leaves (12 MB; usually 25). */
    private static final long POOR = 9L << 20;

    private ClassArchive() {}

    /**
     * Removes the archive when it holds little, for a run that loads much: the next run makes it anew. Where the archive cannot
     * be removed, starts stay as slow as they are.
     */
    public static void removeIfPoor() {
        try {
            CodeSource source = ClassArchive.class.getProtectionDomain().getCodeSource();
            if (source == null) {
                return;
            }
            Path jar = Path.of(source.getLocation().toURI());
            if (!jar.toString().endsWith(".jar")) {
                return;
            }
            Path archive = Path.of(jar.toString().replaceFirst("\\.jar$", ".jsa"));
            if (Files.exists(archive) && Files.size(archive) < POOR) {
                Files.delete(archive);
            }
        } catch (IOException | URISyntaxException | SecurityException e) {
            // Only time is lost.
            return;
        }
    }
}
