/**
 * The reasoner that asks Gemini: builds a conversation from the situation, has one logical call made for each decision,
 * and reads the function that the model decided. Imports {@code agent} and {@code contract}, OkHttp and Jackson; prints
 * nothing and knows nothing of telemetry: what happens on the wire is told as events.
 *
 * <p>From the outside there are {@link gemini.GeminiReasoner}, {@link gemini.GeminiOptions} with {@link gemini.RetryPolicy}
 * and {@link gemini.Prices}, and {@link gemini.ErrorType}, the bounded values of {@code error.type}. What the model is told
 * stands in {@link gemini.SystemPrompt} and {@link gemini.FunctionTable}. The API's rules are those of Google's reference of
 * {@code generateContent} (v1beta), its pages on function calling, thought signatures and errors.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//FILES gemini/prices.json=prices.json
//SOURCES GeminiReasoner.java
//SOURCES GeminiOptions.java
//SOURCES BaseUrl.java
//SOURCES ModelName.java
//SOURCES SelfCheck.java
//SOURCES Notices.java
//SOURCES LogicalCall.java
//SOURCES Amendments.java
//SOURCES RetryPolicy.java
//SOURCES Timing.java
//SOURCES GeminiClient.java
//SOURCES Reply.java
//SOURCES Fault.java
//SOURCES Faults.java
//SOURCES ErrorType.java
//SOURCES Prices.java
//SOURCES PriceFile.java
//SOURCES Json.java
//SOURCES Content.java
//SOURCES GenerateRequest.java
//SOURCES GenerateResponse.java
//SOURCES ErrorResponse.java
//SOURCES ModelInfo.java
//SOURCES SystemPrompt.java
//SOURCES FunctionTable.java
//SOURCES Arguments.java
//SOURCES DecisionReader.java
//SOURCES DecisionWriter.java
//SOURCES AnswerReader.java
//SOURCES Conversation.java
//SOURCES Opening.java
//SOURCES Pictures.java
//SOURCES StepContents.java
//SOURCES RoundText.java
//SOURCES Standing.java
//SOURCES HistoryBudget.java
//SOURCES Detail.java
//SOURCES Excerpt.java
package gemini;
