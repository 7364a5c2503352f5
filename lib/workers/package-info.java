/**
 * The common parts of all workers, and the worker for any command. This room starts a program through {@code process}, reads its
 * output as a stream in bounded memory, enforces its limits, and books the costs of each round. It knows no special agent: an
 * agent's own package ({@code claude}, {@code codex}) reads its lines and judges its rounds.
 *
 * <p>CONTRIBUTING.md says how a worker is added; {@link workers.CommandWorker} is the shortest example. A worker usually takes from
 * here:
 * <ul>
 * <li>{@link workers.WorkerProgram}: finds the program and its version;
 * <li>{@link workers.WorkerRun}: runs one process from start to end, with the worker's own {@link workers.LineParser};
 * <li>{@link workers.WorkerEnvironment}: the part of PA's environment that the program gets;
 * <li>{@link workers.FreshStart}: a new conversation when the old one cannot be continued;
 * <li>{@link workers.CostLedger}: the costs of a round, where the worker reports sums over a conversation.
 * </ul>
 * Separate threads read the output; every event is reported on the thread that called {@code work}. May import {@code agent},
 * {@code process} and {@code contract}.
 */
//SOURCES CommandText.java
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
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
