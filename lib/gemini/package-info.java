/**
 * The reasoner that asks Gemini. It builds a conversation from the situation, makes one logical call for each decision, and reads the
 * function that the model chose. Code that is not specific to Gemini is in {@code reasoning}. This room prints nothing and knows
 * nothing of telemetry: it reports the HTTP calls as events.
 *
 * <p>Other rooms use {@link gemini.GeminiReasoner#KIND} only. The rules of the API come from Google's reference of
 * {@code generateContent} (v1beta) and its pages on function calling, thought signatures and errors.
 * <p>From the outside there is {@link gemini.GeminiReasoner#KIND}. The API's rules are those of Google's reference of
 * {@code generateContent} (v1beta), its pages on function calling, thought signatures and errors.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES Amendments.java
//SOURCES AnswerReader.java
//SOURCES Content.java
//SOURCES Conversation.java
//SOURCES ErrorResponse.java
//SOURCES Faults.java
//SOURCES GeminiCall.java
//SOURCES GeminiClient.java
//SOURCES GeminiOptions.java
//SOURCES GeminiReasoner.java
//SOURCES GenerateRequest.java
//SOURCES GenerateResponse.java
//SOURCES ModelInfo.java
//SOURCES ModelName.java
//SOURCES SelfCheck.java
//SOURCES StepContents.java
package gemini;
