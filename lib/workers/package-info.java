/**
 * What any worker needs, and any command as a worker. Starts a program through {@code process}, reads what it says as a stream
 * in bounded memory, holds its limits, and books what it added to the bill. Knows no agent: an agent's own package
 * ({@code claude}, {@code codex}) reads its lines and judges how its round went.
 *
 * <p>CONTRIBUTING.md says how a worker is added; {@link workers.CommandWorker} is the shortest example. A worker usually takes from
 * here:
 * <ul>
 * <li>{@link workers.WorkerProgram}: where the program is, and its version;
 * <li>{@link workers.WorkerRun}: one process from start to end, with a {@link workers.LineParser} of the worker's own;
 * <li>{@link workers.WorkerEnvironment}: what of PA's environment the program gets;
 * <li>{@link workers.FreshStart}: a new conversation, where the old one cannot be gone on with;
 * <li>{@link workers.CostLedger}: what a round added, where the worker tells sums over a conversation.
 * </ul>
 * The reading happens on threads of its own; every event is reported on the thread that called {@code work}. May import
 * {@code agent}, {@code process} and {@code contract}.
 */
//SOURCES CommandText.java
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES CommandWorker.java
//SOURCES CostLedger.java
//SOURCES FreshStart.java
//SOURCES LineParser.java
//SOURCES LinePump.java
//SOURCES LineReader.java
//SOURCES OutputTail.java
//SOURCES OwnTelemetry.java
//SOURCES Reading.java
//SOURCES RecordReader.java
//SOURCES RunningTools.java
//SOURCES Stop.java
//SOURCES Texts.java
//SOURCES TokenLedger.java
//SOURCES ToolActions.java
//SOURCES ToolDetail.java
//SOURCES ToolFailure.java
//SOURCES ToolInput.java
//SOURCES Version.java
//SOURCES WorkerEnvironment.java
//SOURCES WorkerJson.java
//SOURCES WorkerKind.java
//SOURCES WorkerLimits.java
//SOURCES WorkerNotices.java
//SOURCES WorkerProgram.java
//SOURCES WorkerRun.java
//SOURCES WorkerSetup.java
//SOURCES WorkingDirectory.java
package workers;
