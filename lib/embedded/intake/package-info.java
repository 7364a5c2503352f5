/**
 * The way in: OTLP over gRPC and HTTP, who may send, how much at once, and the decoding into what the store takes. May call
 * {@code store} and the root of {@code embedded}.
 */
//DEPS io.vertx:vertx-grpc-server:5.0.7
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.35.1
//DEPS com.google.protobuf:protobuf-java-util:4.35.1
//SOURCES Answers.java
//SOURCES Envelope.java
//SOURCES Guard.java
//SOURCES Gunzip.java
//SOURCES Intake.java
//SOURCES IntakeLimits.java
//SOURCES LogBatch.java
//SOURCES MetricBatch.java
//SOURCES OtlpGrpc.java
//SOURCES OtlpHttp.java
//SOURCES OtlpJson.java
//SOURCES TraceBatch.java
package embedded.intake;
