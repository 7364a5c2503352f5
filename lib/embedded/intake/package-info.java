/**
 * The way in: OTLP over gRPC and HTTP, who may send, how much at once, and the decoding into what the store takes. May call
 * {@code store} and the root of {@code embedded}.
 *
 * <p>Vert.x 5.0.7, the newest that can be had, asks for Netty 4.2.9, in which a peer can hold a server up by HTTP/2
 * CONTINUATION frames without end (CVE-2026-33871). All of Netty is pinned here, to one version; {@code LibrariesTest} looks
 * at what runs.
 */
//DEPS io.vertx:vertx-core:5.0.7
//DEPS io.netty:netty-buffer:4.2.20.Final
//DEPS io.netty:netty-codec-base:4.2.20.Final
//DEPS io.netty:netty-codec-compression:4.2.20.Final
//DEPS io.netty:netty-codec-dns:4.2.20.Final
//DEPS io.netty:netty-codec-http:4.2.20.Final
//DEPS io.netty:netty-codec-http2:4.2.20.Final
//DEPS io.netty:netty-codec-socks:4.2.20.Final
//DEPS io.netty:netty-common:4.2.20.Final
//DEPS io.netty:netty-handler:4.2.20.Final
//DEPS io.netty:netty-handler-proxy:4.2.20.Final
//DEPS io.netty:netty-resolver:4.2.20.Final
//DEPS io.netty:netty-resolver-dns:4.2.20.Final
//DEPS io.netty:netty-transport:4.2.20.Final
//DEPS io.netty:netty-transport-native-unix-common:4.2.20.Final
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS com.fasterxml.jackson.core:jackson-core:2.23.0
//SOURCES Answers.java
//SOURCES Body.java
//SOURCES BodyReader.java
//SOURCES Bytes.java
//SOURCES Envelope.java
//SOURCES Guard.java
//SOURCES Gunzip.java
//SOURCES Intake.java
//SOURCES IntakeLimits.java
//SOURCES Introduction.java
//SOURCES LogBatch.java
//SOURCES MetricBatch.java
//SOURCES MetricPoints.java
//SOURCES OtlpGrpc.java
//SOURCES OtlpHttp.java
//SOURCES OtlpJsonReader.java
//SOURCES Overload.java
//SOURCES Shapes.java
//SOURCES TraceBatch.java
//SOURCES Weight.java
package embedded.intake;
