/**
 * Claude Code as a worker: its output lines, the judging of its rounds, its costs, and its telemetry settings. Code that is not
 * specific to Claude Code is in {@code workers}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES ApiProblem.java
//SOURCES ClaudeLogin.java
//SOURCES ClaudeOptions.java
//SOURCES ClaudeProgram.java
//SOURCES ClaudeSettings.java
//SOURCES ClaudeTelemetry.java
//SOURCES ClaudeTrust.java
//SOURCES ClaudeWorker.java
//SOURCES Fields.java
//SOURCES LostConversation.java
//SOURCES ManagedSettings.java
//SOURCES Round.java
//SOURCES RoundProblem.java
//SOURCES StreamJson.java
//SOURCES StreamLine.java
//SOURCES TurnEnd.java
package claude;
