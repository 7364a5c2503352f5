/**
 * Workers: Claude Code as a supervised process, and any command in its place. Starts them through {@code process}, reads
 * what they say as a stream in bounded memory, holds their limits, judges how a round went by everything that can deny its
 * success, and books what it added to the bill. Knows nothing of why a round is done or what follows from it.
 *
 * <p>The reading happens on threads of its own; every event is reported on the thread that called {@code work}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES WorkerLimits.java
//SOURCES Stop.java
//SOURCES Texts.java
//SOURCES LineReader.java
//SOURCES LineParser.java
//SOURCES LinePump.java
//SOURCES OutputTail.java
//SOURCES WorkerRun.java
//SOURCES Version.java
//SOURCES StreamLine.java
//SOURCES ToolDetail.java
//SOURCES Fields.java
//SOURCES StreamJson.java
//SOURCES Notices.java
//SOURCES Round.java
//SOURCES Verdict.java
//SOURCES CostLedger.java
//SOURCES WorkerEnvironment.java
//SOURCES WorkingDirectory.java
//SOURCES ClaudeProgram.java
//SOURCES ClaudeOptions.java
//SOURCES ClaudeWorker.java
//SOURCES ClaudeTelemetry.java
//SOURCES CommandWorker.java
package claude;
