/**
 * The reasoner that asks the user's own Claude Code, so that no second key is needed. Each decision is one process without tools and
 * without a session, in an empty folder; its answer must fit a schema. Code that is not specific to this judge is in
 * {@code reasoning}. {@code workers} finds, starts and reads the program; the check of the login is in {@code claude}, where the
 * worker uses it too.
 *
 * <p>Measured with 2.1.332: the field {@code structured_output} of the result is the answer. With an answer in prose, all other
 * fields report success. If an answer does not fit the schema, Claude Code itself asks again, up to five times. Other rooms use
 * {@link claudejudge.ClaudeJudgeKind} only.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES ClaudeJudge.java
//SOURCES ClaudeJudgeKind.java
//SOURCES JudgeAnswer.java
//SOURCES JudgeCall.java
//SOURCES JudgeFaults.java
//SOURCES JudgeProcess.java
//SOURCES Question.java
package claudejudge;
