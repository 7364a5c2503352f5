/**
 * What any reasoner with a model needs, and the reasoner without one. Knows no API: an API's own package builds its requests
 * from what is here and reads its answers back into what is here.
 * The common parts of all reasoners with a model, and the reasoner without one. This room knows no API: an API's own package (such as
 * {@code gemini}) uses it to build its requests and to read its answers.
 *
 * <p>CONTRIBUTING.md says how a reasoner is added. A reasoner for an API usually takes from here:
 * <ul>
 * <li>{@link reasoning.SystemPrompt}, {@link reasoning.FunctionTable} and {@link reasoning.FunctionSchema}: what the model is told
 * about its part and the functions;
 * <li>{@link reasoning.Opening}, {@link reasoning.RoundText} and {@link reasoning.Standing}: the task, the rounds and where the
 * run stands, as text; {@link reasoning.HistoryBudget} says how much of each step is shown;
 * <li>{@link reasoning.DecisionReader} and {@link reasoning.DecisionWriter}: a function call as a decision and back;
 * <li>{@link reasoning.RetryPolicy}, {@link reasoning.Fault} and {@link contract.ErrorType}: what went wrong, and when to ask
 * again; {@link reasoning.Prices}: what it cost.
 * <li>{@link reasoning.SystemPrompt} and {@link reasoning.FunctionTable}: the instructions for the model about its role and the
 * functions;
 * <li>{@link reasoning.Opening}, {@link reasoning.RoundText} and {@link reasoning.Standing}: the task, the rounds and the state of
 * the run, as text; {@link reasoning.HistoryBudget} decides how much of each step is shown;
 * <li>{@link reasoning.DecisionReader} and {@link reasoning.DecisionWriter}: a function call as a decision, and the reverse;
 * <li>{@link reasoning.RetryPolicy}, {@link reasoning.Fault} and {@link contract.ErrorType}: the failure of a request, and the time
 * of the next one; {@link reasoning.Prices}: the cost.
 * </ul>
 * May import {@code agent} and {@code contract}. It prints nothing and knows nothing of telemetry.
 */
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS com.squareup.okio:okio-jvm:3.18.2
//FILES reasoning/prices.json=prices.json
//SOURCES Arguments.java
//SOURCES BaseUrl.java
//SOURCES DecisionReader.java
//SOURCES DecisionWriter.java
//SOURCES Detail.java
//SOURCES EnvironmentProxies.java
//SOURCES Excerpt.java
//SOURCES Fault.java
//SOURCES FunctionSchema.java
//SOURCES FunctionTable.java
//SOURCES HistoryBudget.java
//SOURCES LogicalCall.java
//SOURCES ModelApi.java
//SOURCES ModelHttp.java
//SOURCES ModelJson.java
//SOURCES NetworkFaults.java
//SOURCES Notices.java
//SOURCES Opening.java
//SOURCES Pictures.java
//SOURCES Piece.java
//SOURCES PriceFile.java
//SOURCES Prices.java
//SOURCES ProxyRefusal.java
//SOURCES ReasonerKind.java
//SOURCES ReasonerSetup.java
//SOURCES Reply.java
//SOURCES RetryPolicy.java
//SOURCES RoundText.java
//SOURCES RulesReasoner.java
//SOURCES SelfCheckFaults.java
//SOURCES Sending.java
//SOURCES Standing.java
//SOURCES StepResult.java
//SOURCES SystemPrompt.java
//SOURCES Timing.java
package reasoning;
