package reasoning;

/** A part of the first message to a model. Each API has its own form for it. */
public sealed interface Piece {
    record Text(String text) implements Piece {}

    /**
     * A picture.
     *
     * @param mediaType for instance {@code image/png}
     * @param base64 the file's bytes
     */
    record Picture(String mediaType, String base64) implements Piece {}
}
