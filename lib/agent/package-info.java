/**
 * What a run is made of, and what a reasoner, a worker, the functions and the working tree must do; nothing of how they do it:
 * no HTTP, no process, no span, no printing. Everything that happens is told to a {@link agent.RunListener} as a
 * {@link agent.RunEvent}.
 *
 * <pre>
 *   agent.loop        the loop itself: Supervisor, and what it knows, watches and decides
 *       |
 *     agent           tasks, limits, events, reports, problems; the interfaces Worker, Reasoner, Functions, WorkingTree, Judge
 *       |
 *   agent.decision    what a reasoner can decide, and what came of it
 * </pre>
 *
 * <p>A round goes through them so: {@link agent.loop.Supervisor} sends an {@link agent.Instruction} to the {@link agent.Worker},
 * observes the {@link agent.WorkingTree}, has {@link agent.Functions} run the check, shows the {@link agent.Situation} to the
 * {@link agent.Reasoner}, and carries out its {@link agent.decision.Decision}. {@link agent.loop.History} hears the same events
 * as everybody, so that a run can be taken up again from a journal.
 */
//SOURCES Task.java
//SOURCES Usd.java
//SOURCES Stopwatch.java
//SOURCES TokenUsage.java
//SOURCES Limits.java
//SOURCES Outcome.java
//SOURCES ContextUse.java
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
//SOURCES Totals.java
//SOURCES ModelCall.java
//SOURCES StallPattern.java
//SOURCES ToolAction.java
//SOURCES Origin.java
//SOURCES TelemetryPlan.java
//SOURCES Suspicion.java
//SOURCES EventKind.java
//SOURCES Evidence.java
//SOURCES CheckPlace.java
//SOURCES TestCounts.java
//SOURCES RunListener.java
//SOURCES Beginning.java
//SOURCES RunEvent.java
//SOURCES RunEventHandler.java
//SOURCES RoundEnvironment.java
//SOURCES Judge.java
//SOURCES WholeChange.java
//SOURCES decision/package-info.java
//SOURCES loop/package-info.java
package agent;
