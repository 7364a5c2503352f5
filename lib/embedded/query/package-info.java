/**
 * The way out: what is stored, as lists, traces, charts and Prometheus text. Nothing here writes. May call {@code store},
 * the root of {@code embedded} and {@code contract}.
 */
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//SOURCES Exposition.java
//SOURCES Growth.java
//SOURCES MetricFamily.java
//SOURCES Panels.java
//SOURCES PrometheusNames.java
//SOURCES RunFilter.java
//SOURCES RunQueries.java
//SOURCES SampleLabels.java
//SOURCES Select.java
//SOURCES RunTrends.java
//SOURCES SeriesLine.java
//SOURCES SeriesQueries.java
//SOURCES SignalReader.java
//SOURCES Timeline.java
//SOURCES TraceId.java
//SOURCES TraceNotes.java
//SOURCES TraceQueries.java
//SOURCES WordSearch.java
package embedded.query;
