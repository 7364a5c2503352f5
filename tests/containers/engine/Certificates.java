package containers.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A certificate authority with its certificates, made by OpenSSL in a temporary folder, in Docker's layout. */
public final class Certificates {
    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** A new authority. @throws org.opentest4j.TestAbortedException when there is no openssl */
    public static Certificates authority(Path folder) throws Exception {
        Certificates made = new Certificates(Files.createDirectories(folder));
        made.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                "ca-key.pem", "-out", "ca.pem", "-days", "2", "-subj", "/CN=authority of a test");
        return made;
    }

    /** For an engine at this address, {@code IP:127.0.0.1} or {@code DNS:localhost}. */
    public Path engine(String address) throws Exception {
        return signed("engine", "subjectAltName=" + address + "\nextendedKeyUsage=serverAuth\n");
    }

    public Path client() throws Exception {
        return signed("client", "extendedKeyUsage=clientAuth\n");
    }

    private Path signed(String name, String extensions) throws Exception {
        Path folderOfOne = Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve("extensions"), extensions);
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + "/key.pem", "-out", name + ".csr", "-subj", "/CN="
                + name);
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days",
                "2", "-out", name + "/cert.pem", "-extfile", "extensions");
        Files.copy(folder.resolve("ca.pem"), folderOfOne.resolve("ca.pem"));
        return folderOfOne;
    }

    /** The same key in another of OpenSSL's forms. */
    public void rewriteKey(Path key, String... form) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(form));
        arguments.addAll(List.of("-in", key.toString(), "-out", key + ".new"));
        openssl(arguments.toArray(String[]::new));
        Files.move(Path.of(key + ".new"), key, StandardCopyOption.REPLACE_EXISTING);
    }

    void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + "\n" + said);
            }
        } catch (IOException e) {
            Assumptions.abort("openssl is not installed, so there are no certificates to try");
        }
    }
}
