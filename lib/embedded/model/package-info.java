/**
 * What is kept, once it has been decoded: spans, log records, points and the shapes of distributions, and which facts of a run or
 * an agent stand in them. Values only: no SQL statement, no file, no request. May call the root of {@code embedded} and
 * {@code contract}.
 */
//DEPS com.fasterxml.jackson.core:jackson-core:2.23.0
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//SOURCES AgentFacts.java
//SOURCES Distribution.java
//SOURCES ExplicitBuckets.java
//SOURCES ExponentialBuckets.java
//SOURCES LogEntry.java
//SOURCES MessageText.java
//SOURCES MetricKind.java
//SOURCES NoShape.java
//SOURCES PointMark.java
//SOURCES PointRow.java
//SOURCES Quantiles.java
//SOURCES RecentDeltas.java
//SOURCES RunFacts.java
//SOURCES Sample.java
//SOURCES SeriesKey.java
//SOURCES SeriesTotal.java
//SOURCES Shape.java
//SOURCES ShapeBytes.java
//SOURCES SignalSource.java
//SOURCES SpanGroup.java
//SOURCES SpanRecord.java
//SOURCES Words.java
package embedded.model;
