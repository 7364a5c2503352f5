/**
 * Codex as a worker: {@code codex exec --json}, one process per round, resumed by its thread's id. Everything that is not its own
 * stands in {@code workers}. The rules are measured with codex-cli 0.169.0:
 * <ul>
 * <li>success is exit code 0 and {@code turn.completed}; an item of type {@code error} is no failure;
 * <li>a tool that was denied shows on stderr only;
 * <li>tokens are sums over the thread; what it costs is not told;
 * <li>a thread that is not known is refused when its id is a UUID, and silently begun anew when it is any other word;
 * <li>an account that is used up, and a configuration that it cannot read, are told in words only;
 * <li>an open standard input is waited for, and analytics wait five seconds at the end: both are turned off.
 * </ul>
 * It sends no telemetry of its own through PA: one answer makes 512 spans. Its tools are rebuilt from what it says.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES CodexJson.java
//SOURCES CodexKind.java
//SOURCES CodexLine.java
//SOURCES CodexOptions.java
//SOURCES CodexProblem.java
//SOURCES CodexReadiness.java
//SOURCES CodexRound.java
//SOURCES CodexWorker.java
//SOURCES UsageLimit.java
package codex;
