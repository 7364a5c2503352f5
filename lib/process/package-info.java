/**
 * Runs commands safely: without a shell, with a time limit and a limit on output. Afterwards the whole process tree is ended, also
 * when this JVM is killed.
 *
 * <p>{@link process.SafeRun} runs a command to its end; {@link process.ChildProcess} is for callers that read the output meanwhile.
 * Both find the process tree by descent and, on Linux, by a cookie in the environment, so that neither a double fork nor
 * {@code setsid} escapes. A command that cannot be started gives a {@link process.CannotStart}, which distinguishes a missing program,
 * a file that is not executable, and a missing directory.
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
