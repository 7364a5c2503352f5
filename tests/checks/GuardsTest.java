package checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that belong to a check by their names, in languages with tests run by make or a script. */
class GuardsTest {
    @ParameterizedTest
    @ValueSource(strings = {"test_calc.c", "calc_test.cc", "calc_spec.rb", "test_calc.rb", "CalcTest.php", "test-greet.sh", "greet.bats",
        "calc_unittest.cc", "t/basic.t", "src/calc_test.exs"})
    void testSourcesAreGuardedWhereverTheyStand(String path) {
        assertTrue(Ecosystems.guards(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contest.c", "latest.rb", "testing.php", "checkout.c", "protest.sh", "specific.rb", "Contest.php", "inspect.c"})
    void productsWhoseNamesHoldTheWordAreNot(String path) {
        assertFalse(Ecosystems.guards(path));
    }
}
