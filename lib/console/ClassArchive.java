package console;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * The archive of classes that JBang leaves beside a script's jar for faster starts ({@code //CDS} in the script). JBang makes it
 * in the first run only. If that run only printed the version, the archive contains almost nothing.
 */
public final class ClassArchive {
    /** Between the archive of {@code stack --help} (7 MB) and the smallest one of a working run (12 MB; usually 25). */
    private static final long POOR = 9L << 20;

    private ClassArchive() {}

    /**
     * Removes an archive that is too small, in a run that loads many classes: the next run makes a new one. Where the archive
     * cannot be removed, starts stay slow.
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
            // The only loss is a slower start.
            return;
        }
    }
}
