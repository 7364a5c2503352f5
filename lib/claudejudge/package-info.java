/**
 * The reasoner that asks the user's own Claude Code, so that no second key is needed. Each decision is one process without tools and
 * without a session, in an empty folder; its answer must fit a schema. Code that is not specific to this judge is in
 * {@code reasoning}. {@code workers} finds, starts and reads the program; the check of the login is in {@code claude}, where the
 * worker uses it too.
 *
 * <p>Measured with 2.1.332: the field {@code structured_output} of the result is the answer. With an answer in prose, all other
 * fields report success. If an answer does not fit the schema, Claude Code itself asks again, up to five times. Other rooms use
 * {@link claudejudge.ClaudeJudge#KIND} only.
 * <p>Measured with 2.1.332: the field {@code structured_output} of the result is the answer; an answer in words is a success by
 * all other fields. An answer against the schema is asked for again by Claude Code itself, five times. From the outside there is
 * {@link claudejudge.ClaudeJudge#KIND}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES ClaudeJudge.java
//SOURCES JudgeAnswer.java
//SOURCES JudgeCall.java
//SOURCES JudgeFaults.java
//SOURCES JudgeProcess.java
//SOURCES Question.java
package claudejudge;
