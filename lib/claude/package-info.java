/**
 * Claude Code as a worker: its lines, how its round is judged, what it cost, and its telemetry settings. Everything that is not
 * its own stands in {@code workers}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ClaudeKind.java
//SOURCES ClaudeOptions.java
//SOURCES ClaudeProgram.java
//SOURCES ClaudeSettings.java
//SOURCES ClaudeTelemetry.java
//SOURCES ClaudeWorker.java
//SOURCES Fields.java
//SOURCES Round.java
//SOURCES StreamJson.java
//SOURCES StreamLine.java
//SOURCES Verdict.java
package claude;
