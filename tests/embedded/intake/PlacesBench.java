package embedded.intake;

import runner.Figures;

/** {@code make bench ONLY=places}; see {@link ThreePlacesTest}. */
public final class PlacesBench {
    private PlacesBench() {}

    public static void run(Figures figures) throws Exception {
        ThreePlacesTest.bench(figures);
    }
}
