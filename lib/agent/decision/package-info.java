/**
 * What a reasoner can decide, one record for each function ({@link agent.decision.Decision}), how a decision is written down
 * and read again ({@link agent.decision.DecisionCodec}), and what came of it ({@link agent.decision.FunctionResult}). May call
 * nothing.
 */
//SOURCES Decision.java
//SOURCES DecisionCodec.java
//SOURCES FunctionName.java
//SOURCES FunctionResult.java
//SOURCES TodoItem.java
//SOURCES Verification.java
package agent.decision;
