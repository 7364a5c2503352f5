package workers;

/** Shortens the texts of a worker. */
public final class Texts {
    private Texts() {}

    /** The text, or its beginning and the number of characters left out. */
    public static String atMost(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = wholeCharacters(text, characters);
        // The reader may have cut the text already.
        String least = text.length() >= RecordReader.LONGEST_TEXT ? "at least " : "";
        return text.substring(0, end) + "… (" + least + (text.length() - end) + " more characters)";
    }

    /** The text as one line for a message, without terminal sequences and control characters. */
    public static String oneLine(String text, int characters) {
        String plain = text.replaceAll("\u001b(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\))", "");
        return atMost(plain.replaceAll("\\p{Cntrl}+", " ").strip(), characters);
    }

    private static int wholeCharacters(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
