/**
 * The reasoner that asks the user's own Claude Code, so that nobody needs a second key: one process for each decision, without
 * tools, without a session, in an empty folder, whose answer must fit a schema. Everything that is not its own stands in
 * {@code reasoning}; how a program is found, started and read stands in {@code workers}, and whether Claude Code is logged in is
 * asked as {@code claude} asks it for the worker.
 *
 * <p>Measured with 2.1.332: the field {@code structured_output} of the result is the answer; an answer in words is a success by
 * all other fields. An answer against the schema is asked for again by Claude Code itself, five times. From the outside there is
 * {@link claudejudge.ClaudeJudgeKind}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES ClaudeJudge.java
//SOURCES ClaudeJudgeKind.java
//SOURCES JudgeAnswer.java
//SOURCES JudgeCall.java
//SOURCES JudgeFaults.java
//SOURCES JudgeProcess.java
//SOURCES Question.java
package claudejudge;
