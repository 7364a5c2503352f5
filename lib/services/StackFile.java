package services;

import java.nio.charset.StandardCharsets;

/**
 * A configuration file as a container sees it.
 *
 * @param path absolute, inside the container
 * @param origin where a person edits it: {@code tempo/tempo.yaml}, or a path of their own
 */
public record StackFile(String path, String origin, String text) {
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
