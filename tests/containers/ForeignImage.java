package containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes a local image with a program of s390x, as {@code docker load} takes it; no machine that runs these tests is one. */
final class ForeignImage {
    private ForeignImage() {}

    static void load(DockerClient client, String name) throws IOException {
        byte[] layer = tar(Map.of("program", program()));
        Map<String, Object> config = Map.of("architecture", "s390x", "os", "linux",
                "config", Map.of("Entrypoint", List.of("/program")),
                "rootfs", Map.of("type", "layers", "diff_ids", List.of("sha256:" + sha256(layer))));
        Object manifest = List.of(Map.of("Config", "config.json", "RepoTags", List.of(name), "Layers",
                List.of("layer.tar")));
        byte[] image = tar(Map.of("layer.tar", layer, "config.json", json(config), "manifest.json", json(manifest)));
        client.loadImageCmd(new ByteArrayInputStream(image)).exec();
    }

    /** The head of an ELF file for s390x, big-endian. */
    private static byte[] program() {
        byte[] elf = new byte[128];
        byte[] head = {0x7f, 'E', 'L', 'F', 2, 2, 1};
        System.arraycopy(head, 0, elf, 0, head.length);
        elf[17] = 2;
        elf[19] = 0x16;
        return elf;
    }

    private static byte[] json(Object tree) throws IOException {
        return new ObjectMapper().writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(0755);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
