/**
 * Codex as a worker: {@code codex exec --json}, one process per round, resumed by its thread id. Code that is not specific to Codex
 * is in {@code workers}. The rules were measured with codex-cli 0.169.0:
 * <ul>
 * <li>success is exit code 0 and {@code turn.completed}; an item of type {@code error} is no failure;
 * <li>a denied tool is reported on stderr only;
 * <li>tokens are sums over the thread; the cost is not reported;
 * <li>an unknown thread is refused when its id is a UUID; with any other id a new thread starts without a warning;
 * <li>a used-up account and an unreadable configuration are reported as text only;
 * <li>Codex waits for an open standard input, and for analytics up to five seconds at the end: both are turned off.
 * </ul>
 * Codex sends no telemetry of its own through PA: one answer makes 512 spans. PA rebuilds the spans of its tools from its output.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES CodexJson.java
//SOURCES CodexLine.java
//SOURCES CodexOptions.java
//SOURCES CodexProblem.java
//SOURCES CodexReadiness.java
//SOURCES CodexRound.java
//SOURCES CodexWorker.java
//SOURCES UsageLimit.java
package codex;
