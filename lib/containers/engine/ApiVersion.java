package containers.engine;

import contract.ExitCode;
import contract.Failure;

/** Versions of the engine's API, {@code 1.41}. */
final class ApiVersion {
    /** The oldest that has all that is used here (Engine 17.06). */
    static final String OLDEST = "1.30";
    /** The newest that this program was tried with (Engine 29.7). Newer engines answer older versions too. */
    static final String NEWEST = "1.55";

    private ApiVersion() {}

    /**
     * The newest version that both sides know: the smaller of the engine's and ours.
     *
     * @throws Failure when there is none
     */
    static String negotiate(String engine, String engineMinimum) {
        String ours = engine.isEmpty() || compare(NEWEST, engine) <= 0 ? NEWEST : engine;
        if (compare(ours, OLDEST) < 0) {
            throw new Failure("the container engine is too old: its API is " + engine + ", but this program needs " + OLDEST,
                    "update the engine, or use --engine embedded", ExitCode.NO_ENGINE);
        }
        if (!engineMinimum.isEmpty() && compare(ours, engineMinimum) < 0) {
            throw new Failure("the container engine is too new: its API starts at " + engineMinimum
                    + ", but this program supports versions up to "
                    + NEWEST, "update this program, or use --engine embedded", ExitCode.NO_ENGINE);
        }
        return ours;
    }

    static int compare(String left, String right) {
        int[] one = parse(left);
        int[] two = parse(right);
        return one[0] != two[0] ? Integer.compare(one[0], two[0]) : Integer.compare(one[1], two[1]);
    }

    private static int[] parse(String version) {
        if (!version.matches("\\d{1,4}\\.\\d{1,4}.*")) {
            throw new Failure("the container engine reports the API version '" + version + "'",
                    "check that it is a container engine", ExitCode.NO_ENGINE);
        }
        String[] numbers = version.split("[^0-9]");
        return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
    }
}
