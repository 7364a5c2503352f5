/**
 * Runs commands safely: without a shell, with a time limit and a cap on output, and with the whole tree of processes ended
 * afterwards, also when this JVM is killed.
 *
 * <p>{@link process.SafeRun} runs a command to its end; {@link process.ChildProcess} is for who reads along. Both find the
 * tree by descent and, on Linux, by a cookie in the environment, so that neither a double fork nor {@code setsid} escapes.
 * A command that cannot be started is a {@link process.CannotStart}, which tells a missing program, one that is not
 * executable and a missing directory apart.
 */
//FILES process/guardian.sh=guardian.sh
//SOURCES CommandWords.java
//SOURCES ProcessSpec.java
//SOURCES CannotStart.java
//SOURCES Programs.java
//SOURCES Pause.java
//SOURCES Durations.java
//SOURCES ProcStat.java
//SOURCES Environments.java
//SOURCES ProcessTree.java
//SOURCES Guardian.java
//SOURCES ChildOutput.java
//SOURCES Launch.java
//SOURCES ChildProcess.java
//SOURCES CappedOutput.java
//SOURCES Completed.java
//SOURCES CapturedProcess.java
//SOURCES SafeRun.java
package process;
