package rehearsal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that every rehearsal writes, whatever the task says: a shell script that greets in some languages, and one
 * that checks it. Some greetings hold a fault, a misspelt variable, which one round each fixes. It needs {@code sh} only.
 */
final class SampleProgram {
    /** Where it goes, relative to the working directory: a folder of its own, so that no file of the user's is touched. */
    static final String FOLDER = "rehearsal";
    static final String GREET = FOLDER + "/greet.sh";
    static final String CHECK = FOLDER + "/check.sh";
    /** What the check prints when all is right. */
    static final String PASS = "PASS: ";

    /** The line with which the check fails; its group is the language. */
    private static final Pattern FAILURE = Pattern.compile("FAIL: greet\\.sh ([a-z]+) [^\\n]*");
    private static final String RIGHT = "$name";
    private static final String WRONG = "$nane";
    /** Languages and greetings, one per round that there can be; the first is always right. */
    private static final List<String> GREETINGS = List.of("en Hello", "de Hallo", "fr Bonjour", "es Hola", "it Ciao",
            "nl Hoi", "sv Hej", "fi Moi", "pl Siema", "cs Ahoj", "tr Selam", "id Halo", "hu Szia", "hr Bok", "da Goddag", "no Hei",
            "eo Saluton", "la Salve", "cy Helo", "ga Haigh", "mt Bongu", "sw Jambo", "et Tere", "haw Aloha", "is Hae");

    private SampleProgram() {}

    /** {@code greet.sh}. */
    static String greet(int faults) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n# Greets: greet.sh [LANGUAGE [NAME]]\n"
                + "language=${1:-en}\nname=${2:-world}\ncase $language in\n");
        for (int i = 0; i <= faults; i++) {
            script.append(greeting(i, i == 0 ? RIGHT : WRONG)).append('\n');
        }
        return script.append("  *) echo \"greet.sh: no greeting in '$language'\" >&2; exit 2 ;;\nesac\n").toString();
    }

    /** {@code check.sh}: stops at the first greeting that is wrong. */
    static String check(int faults) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n# Checks greet.sh beside it.\n"
                + "cd \"$(dirname \"$0\")\" || exit 1\nexpect() {\n  said=$(sh greet.sh \"$1\" Ada)\n"
                + "  if [ \"$said\" != \"$2\" ]; then\n"
                + "    echo \"FAIL: greet.sh $1 Ada: expected '$2' but got '$said'\"\n    exit 1\n  fi\n}\n");
        for (int i = 0; i <= faults; i++) {
            script.append("expect ").append(language(i)).append(" \"").append(word(i)).append(", Ada!\"\n");
        }
        return script.append("echo \"").append(PASS).append(faults + 1).append(" greetings are right\"\n").toString();
    }

    /** The failing check's line in a text, or an empty string. */
    static String failure(String text) {
        Matcher matcher = FAILURE.matcher(text);
        String last = "";
        while (matcher.find()) {
            last = matcher.group();
        }
        return last;
    }

    /** What an edit replaces and puts in its place. */
    record Replacement(String oldText, String newText) {
        String applyTo(String script) {
            return script.replace(oldText, newText);
        }
    }

    /** The edit that fixes what a line of {@link #failure} complains about. */
    static Replacement fixing(String failure) {
        Matcher matcher = FAILURE.matcher(failure);
        if (matcher.find()) {
            for (int i = 0; i < GREETINGS.size(); i++) {
                if (language(i).equals(matcher.group(1))) {
                    return new Replacement(greeting(i, WRONG), greeting(i, RIGHT));
                }
            }
        }
        throw new IllegalArgumentException("no failure of the sample program: " + failure);
    }

    private static String greeting(int i, String variable) {
        return "  " + language(i) + ") echo \"" + word(i) + ", " + variable + "!\" ;;";
    }

    private static String language(int i) {
        return GREETINGS.get(i).split(" ")[0];
    }

    private static String word(int i) {
        return GREETINGS.get(i).split(" ")[1];
    }
}
