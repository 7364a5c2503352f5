/**
 * What shows that a task is done. The loop asks when done is claimed, and {@code pa verify} asks about anybody's change; both
 * get the same answer.
 *
 * <p>The way of a question: {@code Examiner} finds which changed files define the check ({@code rules.Guarded}), has the check run
 * in a {@code Copy} on the old files, the new ones, and where the check itself changed on the two mixtures ({@code Trial}),
 * compares the runs test by test ({@code Comparison}), looks through the change for what makes a green check worth less
 * ({@code rules.Rules}, a file for each), and says how much is shown ({@code Evidence}, in one {@code Sentence}).
 *
 * <p>The working directory is read, never written: all that is run is run in the copy.
 */
//SOURCES Unfit.java
//SOURCES CopyPlace.java
//SOURCES Installed.java
//SOURCES Overlay.java
//SOURCES JudgeOptions.java
//SOURCES LeadsBack.java
//SOURCES Copy.java
//SOURCES CheckRun.java
//SOURCES CheckRunner.java
//SOURCES Runs.java
//SOURCES Comparison.java
//SOURCES Sentence.java
//SOURCES Findings.java
//SOURCES Examination.java
//SOURCES StaleCache.java
//SOURCES EarlyBaseline.java
//SOURCES AlteredTests.java
//SOURCES Trial.java
//SOURCES Examiner.java
//SOURCES RunJudge.java
//SOURCES UserGit.java
//SOURCES ChangeVerifier.java
//SOURCES SessionVerifier.java
//SOURCES rules/package-info.java
package verdict;
