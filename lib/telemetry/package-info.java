/**
 * Telemetry by OpenTelemetry, outside the loop: a listener makes the spans, metrics and log records of the contract from
 * the events of a run. Imports {@code agent} and {@code contract}, and nobody but the entry imports this room, which it does
 * only when telemetry is on, so that off loads no class of the SDK.
 *
 * <p>On the way of every item stand, in this order: {@link telemetry.RunTelemetry} (events to spans, points and records),
 * the SDK as its autoconfigure sets it up ({@link telemetry.Sdk}), {@link telemetry.RedactingExporters}, the OTLP exporter,
 * {@link telemetry.CapturingSenders}, and then a {@link telemetry.Lane} of the {@link telemetry.Courier}, which delivers
 * the request or has the {@link telemetry.Outbox} keep it in the {@link telemetry.Spool}. The SDK's processors never wait
 * for the network: a lane takes a request over at once, so one time limit covers the end of a run.
 *
 * <p>Delivery is at least once. A request is sent a second time only when its receiver may have accepted it but could not
 * say so, because a connection or a process died in between; its spans then carry the same ids.
 */
//DEPS io.opentelemetry:opentelemetry-api:1.67.0
//DEPS io.opentelemetry:opentelemetry-sdk:1.67.0
//DEPS io.opentelemetry:opentelemetry-exporter-otlp:1.67.0
//DEPS io.opentelemetry:opentelemetry-sdk-extension-autoconfigure:1.67.0
//DEPS com.squareup.okhttp3:okhttp-jvm:5.5.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Background.java
//SOURCES CapturingSenders.java
//SOURCES ChildEnvironment.java
//SOURCES Content.java
//SOURCES Courier.java
//SOURCES Delivery.java
//SOURCES Endpoint.java
//SOURCES EnvironmentCarrier.java
//SOURCES EventClock.java
//SOURCES Failures.java
//SOURCES Host.java
//SOURCES Identity.java
//SOURCES Instruments.java
//SOURCES Keys.java
//SOURCES Lane.java
//SOURCES Ledger.java
//SOURCES Outbox.java
//SOURCES Parcel.java
//SOURCES PartialSuccess.java
//SOURCES Patience.java
//SOURCES Pipeline.java
//SOURCES QuietLoggers.java
//SOURCES Receiver.java
//SOURCES RedactedAttributes.java
//SOURCES RedactedLog.java
//SOURCES RedactedSpan.java
//SOURCES RedactingExporters.java
//SOURCES Redactor.java
//SOURCES Replayer.java
//SOURCES Reply.java
//SOURCES RunLog.java
//SOURCES RunMeter.java
//SOURCES RunTelemetry.java
//SOURCES RunTracer.java
//SOURCES Sdk.java
//SOURCES SenderTransport.java
//SOURCES Signal.java
//SOURCES SpanStack.java
//SOURCES Spool.java
//SOURCES SpoolFile.java
//SOURCES Telemetry.java
//SOURCES TelemetrySpool.java
//SOURCES TelemetrySwitch.java
//SOURCES Text.java
//SOURCES ToolNames.java
//SOURCES Transport.java
//SOURCES Usage.java
//SOURCES WorkerTelemetry.java
//SOURCES WorkerTracer.java
package telemetry;
