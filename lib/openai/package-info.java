/**
 * The reasoner that asks a model through chat completions: OpenAI, and every server that speaks its API (Ollama, vLLM, llama.cpp,
 * OpenRouter, litellm). Everything that is not this API's own stands in {@code reasoning}. Prints nothing and knows nothing of
 * telemetry: what happens on the wire is told as events.
 *
 * <p>Servers differ in what they take. So this is tried in order: a call is required; a field that a server refuses is dropped and that is
 * remembered for the run; an answer in prose is asked for once more; then there is no decision. From the outside there is
 * {@link openai.OpenAiKind}. The API's rules are those of OpenAI's reference of chat completions.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ChatCall.java
//SOURCES ChatClient.java
//SOURCES ChatConversation.java
//SOURCES ChatFaults.java
//SOURCES ChatResponse.java
//SOURCES ChatStep.java
//SOURCES DroppedFields.java
//SOURCES ModelList.java
//SOURCES OpenAiKind.java
//SOURCES OpenAiOptions.java
//SOURCES OpenAiReasoner.java
package openai;
