package workers;

/** Keeps texts of a worker within bounds. */
public final class Texts {
    private Texts() {}

    /** The text, or its beginning and how much was left out. */
    public static String atMost(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = wholeCharacters(text, characters);
        // What was read may have been cut before.
        String least = text.length() >= RecordReader.LONGEST_TEXT ? "at least " : "";
        return text.substring(0, end) + "… (" + least + (text.length() - end) + " more characters)";
    }

    /** One line of it for a message: terminal sequences and control characters out. */
    public static String oneLine(String text, int characters) {
        String plain = text.replaceAll("\u001b(\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\))", "");
        return atMost(plain.replaceAll("\\p{Cntrl}+", " ").strip(), characters);
    }

    private static int wholeCharacters(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
