/**
 * The rehearsal: what a run talks to when no model is to be called. Stand-ins on loopback speak the real protocols, Gemini's
 * and Anthropic's, and a stand-in for Claude Code, where that is not installed, writes its stream-json and really writes
 * files. PA's own code runs unchanged against them; nothing here knows it. Every stand-in says what it is.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES SampleProgram.java
//SOURCES Phrases.java
//SOURCES RehearsalScript.java
//SOURCES LoopbackServer.java
//SOURCES ModelTurn.java
//SOURCES MessagesRequest.java
//SOURCES SampleWorker.java
//SOURCES MessagesStandIn.java
//SOURCES SampleReasoner.java
//SOURCES GeminiStandIn.java
//SOURCES WorkerStandIn.java
//SOURCES Rehearsal.java
package rehearsal;
