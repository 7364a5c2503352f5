/**
 * The reasoner that asks a model through chat completions: OpenAI, and every server that speaks its API (Ollama, vLLM, llama.cpp,
 * OpenRouter, litellm). Code that is not specific to this API is in {@code reasoning}. This room prints nothing and knows nothing
 * of telemetry: it reports the HTTP calls as events.
 *
 * <p>Servers accept different requests, so the calls follow this order: a function call is required; a field that the server
 * refuses is dropped for the whole run; after an answer in prose the model is asked once more; then there is no decision. Other
 * rooms use {@link openai.OpenAiReasoner#KIND} only. The rules of the API come from OpenAI's reference of chat completions.
 * <p>Servers differ in what they take. So this is tried in order: a call is required; a field that a server refuses is dropped and that is
 * remembered for the run; an answer in prose is asked for once more; then there is no decision. From the outside there is
 * {@link openai.OpenAiReasoner#KIND}. The API's rules are those of OpenAI's reference of chat completions.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES ChatCall.java
//SOURCES ChatClient.java
//SOURCES ChatConversation.java
//SOURCES ChatFaults.java
//SOURCES ChatResponse.java
//SOURCES ChatStep.java
//SOURCES DroppedFields.java
//SOURCES ModelList.java
//SOURCES OpenAiOptions.java
//SOURCES OpenAiReasoner.java
package openai;
