/**
 * The reasoner that asks Gemini: builds a conversation from the situation, has one logical call made for each decision, and
 * reads the function that the model decided. Everything that is not Gemini's own stands in {@code reasoning}. Prints nothing and
 * knows nothing of telemetry: what happens on the wire is told as events.
 *
 * <p>From the outside there is {@link gemini.GeminiKind}. The API's rules are those of Google's reference of
 * {@code generateContent} (v1beta), its pages on function calling, thought signatures and errors.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Amendments.java
//SOURCES AnswerReader.java
//SOURCES Content.java
//SOURCES Conversation.java
//SOURCES Declarations.java
//SOURCES ErrorResponse.java
//SOURCES Faults.java
//SOURCES GeminiCall.java
//SOURCES GeminiClient.java
//SOURCES GeminiKind.java
//SOURCES GeminiOptions.java
//SOURCES GeminiReasoner.java
//SOURCES GenerateRequest.java
//SOURCES GenerateResponse.java
//SOURCES ModelInfo.java
//SOURCES ModelName.java
//SOURCES SelfCheck.java
//SOURCES StepContents.java
package gemini;
