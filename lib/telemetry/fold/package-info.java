/**
 * The reading of a journal as telemetry: {@link telemetry.fold.Fold} takes the entries of a run and makes spans, log records and
 * points, which it gives to a {@link telemetry.fold.Sink}. No clock and no chance enters here. May call {@code agent},
 * {@code agent.decision}, {@code journal} and {@code contract}.
 *
 * <p>{@link telemetry.fold.Fold} hears each event and tells three readers: {@link telemetry.fold.RunSpans} (with
 * {@link telemetry.fold.RoundSpans} for what happens inside a round), {@link telemetry.fold.RunMeter} and
 * {@link telemetry.fold.RunLog}. {@link telemetry.fold.RunScope} is what holds for the whole run: ids, resource, redaction, whether
 * content is kept.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS io.opentelemetry:opentelemetry-sdk:1.68.0
//DEPS io.opentelemetry:opentelemetry-api:1.68.0
//SOURCES ConventionMeter.java
//SOURCES EventClock.java
//SOURCES Failures.java
//SOURCES Fold.java
//SOURCES FoldedLog.java
//SOURCES FoldedSpan.java
//SOURCES GenAiContent.java
//SOURCES Ids.java
//SOURCES Measures.java
//SOURCES OpenSpan.java
//SOURCES OpenSpans.java
//SOURCES Points.java
//SOURCES Recovery.java
//SOURCES Redactor.java
//SOURCES RoundSpans.java
//SOURCES RunLog.java
//SOURCES RunMeter.java
//SOURCES RunScope.java
//SOURCES RunSpans.java
//SOURCES Sink.java
//SOURCES Text.java
//SOURCES ToolNames.java
//SOURCES Usage.java
package telemetry.fold;
