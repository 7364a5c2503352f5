package launch;

/** In the place of JBang's jar: says what it was asked, as an answer that is nothing to execute. */
public final class StandInJBang {
    private StandInJBang() {}

    public static void main(String... arguments) {
        System.out.println("STAND-IN " + String.join(" ", arguments));
    }
}
