package verdict;

import java.util.Optional;

/**
 * The check's runs in the copy, by which sources and which check they saw.
 *
 * @param base the old sources with the old check; empty where there was no check
 * @param kept the new sources with the old check; the same as {@code proof} where the check did not change
 * @param mixed the old sources with the new check; empty where the check did not change, or it was not needed
 * @param proof the new sources with the new check: everything as it is now
 */
record Runs(Optional<CheckRun> base, Optional<CheckRun> kept, Optional<CheckRun> mixed, CheckRun proof) {}
