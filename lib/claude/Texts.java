package claude;

/** Keeps texts of a worker within bounds. */
final class Texts {
    private Texts() {}

    /** The text, or its beginning and how much was left out. */
    static String atMost(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = wholeCharacters(text, characters);
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    /** One line of it, control characters out, for a message. */
    static String oneLine(String text, int characters) {
        return atMost(text.replaceAll("\\p{Cntrl}+", " ").strip(), characters);
    }

    private static int wholeCharacters(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
