/**
 * Telemetry by OpenTelemetry, as a reading of the journal: {@link telemetry.fold.Fold} makes the spans, metrics and log records of
 * the contract from the entries of a run. No clock and no chance enters it; ids follow from the session, the run and the
 * number of the event ({@link telemetry.fold.Ids}). So a reading during the run and one years later are the same, byte by byte.
 * Imports {@code agent}, {@code journal} and {@code contract}; nobody but the entry imports this room.
 *
 * <p>What is decided when a run begins ({@link telemetry.Plans}) stands in the journal, and a later reader keeps to it. Then:
 * <pre>
 * during a run   Journal → Telemetry (a queue) → Live → Fold → ItemOutlet, StateOutlet → Exporters → the receiver
 * afterwards     PastRun (from the journal) → PastSender → Fold → Exporters → the receiver
 * </pre>
 * The run's thread only puts entries into the queue. {@link telemetry.Cleaner} takes secrets out right before an exporter;
 * {@link telemetry.Wire} hears what the receiver says; {@link telemetry.Marks} remembers what it acknowledged. What it did
 * not, the next run to the same endpoint reads again ({@link telemetry.Backlog}), or {@code pa telemetry send} does
 * ({@link telemetry.PastTelemetry}).
 *
 * <p>The price: delivery is at least once. Between an acknowledgement and the note of it a process can die, and then items
 * arrive twice; they have the same ids, and a log record its {@code log.record.uid}, so that a receiver can tell.
 *
 * <p>Off loads no class of the SDK: {@link telemetry.Plans}, {@link telemetry.fold.Ids} and what they use have none.
 */
//DEPS io.opentelemetry:opentelemetry-api:1.68.0
//DEPS io.opentelemetry:opentelemetry-sdk:1.68.0
//DEPS io.opentelemetry:opentelemetry-exporter-otlp:1.68.0
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES Background.java
//SOURCES Backlog.java
//SOURCES ChildEnvironment.java
//SOURCES Cleaner.java
//SOURCES Delivery.java
//SOURCES Endpoint.java
//SOURCES EngineProbe.java
//SOURCES Exporters.java
//SOURCES Host.java
//SOURCES ItemOutlet.java
//SOURCES Live.java
//SOURCES Marks.java
//SOURCES OtelVariables.java
//SOURCES OtlpJsonLines.java
//SOURCES Outlet.java
//SOURCES Pairs.java
//SOURCES PartialSuccess.java
//SOURCES PastRun.java
//SOURCES PastSender.java
//SOURCES PastTelemetry.java
//SOURCES Patience.java
//SOURCES Plans.java
//SOURCES QuietLoggers.java
//SOURCES PastReading.java
//SOURCES ReceiverReply.java
//SOURCES RunPlace.java
//SOURCES Signal.java
//SOURCES StateOutlet.java
//SOURCES Telemetry.java
//SOURCES Wire.java
//SOURCES WorkerTelemetry.java
//SOURCES fold/package-info.java
package telemetry;
