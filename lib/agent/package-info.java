/**
 * The loop and what it is made of: instruct, observe, verify, reason, act, until an outcome. Knows what a reasoner, a
 * worker, the functions and the working tree must do, and nothing of how they do it: no HTTP, no process, no span, no
 * printing. Everything that happens is told to a {@link agent.RunListener}.
 */
//SOURCES Task.java
//SOURCES Usd.java
//SOURCES TokenUsage.java
//SOURCES Limits.java
//SOURCES Outcome.java
//SOURCES FunctionName.java
//SOURCES Decision.java
//SOURCES DecisionVisitor.java
//SOURCES DecisionArguments.java
//SOURCES DecisionCodec.java
//SOURCES Verification.java
//SOURCES FunctionResult.java
//SOURCES Functions.java
//SOURCES Changes.java
//SOURCES WorkingTree.java
//SOURCES Bounds.java
//SOURCES Interruption.java
//SOURCES Instruction.java
//SOURCES Worker.java
//SOURCES WorkerReport.java
//SOURCES Hold.java
//SOURCES Problem.java
//SOURCES Reasoner.java
//SOURCES ReasonerException.java
//SOURCES Reasoning.java
//SOURCES Situation.java
//SOURCES TodoItem.java
//SOURCES Totals.java
//SOURCES ModelCall.java
//SOURCES StallPattern.java
//SOURCES Origin.java
//SOURCES TelemetryPlan.java
//SOURCES Suspicion.java
//SOURCES Evidence.java
//SOURCES CheckPlace.java
//SOURCES TestCounts.java
//SOURCES RunListener.java
//SOURCES RunEvent.java
//SOURCES RunEventHandler.java
//SOURCES SomeEvents.java
//SOURCES RoundEnvironment.java
//SOURCES History.java
//SOURCES Briefing.java
//SOURCES DoneGate.java
//SOURCES WaitText.java
//SOURCES Endings.java
//SOURCES StallDetector.java
//SOURCES Waiting.java
//SOURCES Supervision.java
//SOURCES Supervisor.java
package agent;
