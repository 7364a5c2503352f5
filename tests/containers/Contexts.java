package containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Docker's configuration folder, with the files that {@code docker context create} and {@code use} write. */
record Contexts(Path folder) {
    /** @param certificates a folder whose PEM files are taken in */
    void create(String name, String host, Optional<Path> certificates) throws Exception {
        create(name, "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + host
                + "\",\"SkipTLSVerify\":false}}}");
        if (certificates.isPresent()) {
            Path inside = Files.createDirectories(folder.resolve("contexts/tls").resolve(id(name)).resolve("docker"));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(certificates.get(), "*.pem")) {
                for (Path file : files) {
                    Files.copy(file, inside.resolve(file.getFileName()));
                }
            }
        }
    }

    void create(String name, String meta) throws Exception {
        Path file = folder.resolve("contexts/meta").resolve(id(name)).resolve("meta.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, meta);
    }

    void use(String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "{\n\t\"auths\": {},\n\t\"currentContext\": \"" + name + "\"\n}\n");
    }

    private static String id(String name) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    }
}
