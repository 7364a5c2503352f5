/**
 * The loop: instruct, observe, verify, reason, act, until an outcome. May call {@code agent}, {@code agent.decision} and
 * {@code contract}.
 *
 * <p>{@link agent.loop.Supervisor} is the loop on one page. It asks four helpers: {@link agent.loop.Endings} when a run must
 * end, {@link agent.loop.DoneClaim} whether "done" is earned, {@link agent.loop.StallDetector} whether the rounds repeat
 * themselves, {@link agent.loop.RoundWatch} whether the tools inside one round do. {@link agent.loop.History} is all that they
 * know of the run, and is made of the events alone.
 */
//SOURCES Briefing.java
//SOURCES ChangeReview.java
//SOURCES DoneClaim.java
//SOURCES DoneGate.java
//SOURCES Endings.java
//SOURCES History.java
//SOURCES LiveStalls.java
//SOURCES Past.java
//SOURCES Phase.java
//SOURCES Review.java
//SOURCES ReviewPages.java
//SOURCES RoundWatch.java
//SOURCES Spending.java
//SOURCES StallDetector.java
//SOURCES Supervision.java
//SOURCES Supervisor.java
//SOURCES Told.java
//SOURCES TreeVerdicts.java
//SOURCES WaitText.java
//SOURCES Waiting.java
package agent.loop;
