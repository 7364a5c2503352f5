/**
 * The rehearsal: what a run talks to when no model is to be called. Stand-ins on loopback speak the real protocols, Gemini's,
 * OpenAI's and Anthropic's; stand-ins for Claude Code, where that is not installed, and for Codex write the lines that those write,
 * and really write files. PA's own code runs unchanged against them, each judge with each worker; nothing here knows it. Every
 * stand-in says what it is.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES SampleProgram.java
//SOURCES Phrases.java
//SOURCES RehearsalScript.java
//SOURCES LoopbackServer.java
//SOURCES ModelTurn.java
//SOURCES MessagesRequest.java
//SOURCES SampleJudge.java
//SOURCES SampleWorker.java
//SOURCES SampleWork.java
//SOURCES Transcript.java
//SOURCES StandInProgram.java
//SOURCES StandInConversation.java
//SOURCES Asked.java
//SOURCES MessagesStandIn.java
//SOURCES SampleReasoner.java
//SOURCES GeminiStandIn.java
//SOURCES ChatStandIn.java
//SOURCES CodexStandIn.java
//SOURCES Cast.java
//SOURCES WorkerStandIn.java
//SOURCES Rehearsal.java
package rehearsal;
