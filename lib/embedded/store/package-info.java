/**
 * What is kept: one SQLite file, one thread that writes it, tables for spans, log records and points, and what keeps the
 * file within its bounds. May call the root of {@code embedded} and {@code contract}.
 */
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.35.1
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//SOURCES Batch.java
//SOURCES Bind.java
//SOURCES Distribution.java
//SOURCES ExplicitBuckets.java
//SOURCES ExponentialBuckets.java
//SOURCES Interned.java
//SOURCES LiveSeries.java
//SOURCES LiveSeriesLoader.java
//SOURCES LogEntry.java
//SOURCES LogTable.java
//SOURCES MetricKind.java
//SOURCES Migrations.java
//SOURCES NoShape.java
//SOURCES Origin.java
//SOURCES PointMark.java
//SOURCES PointRow.java
//SOURCES Quantiles.java
//SOURCES Removal.java
//SOURCES Retention.java
//SOURCES RunFacts.java
//SOURCES RunTable.java
//SOURCES Sample.java
//SOURCES Schema.java
//SOURCES SeriesKey.java
//SOURCES SeriesLimits.java
//SOURCES SeriesTable.java
//SOURCES SeriesTotal.java
//SOURCES Shape.java
//SOURCES ShapeBytes.java
//SOURCES SpanGroup.java
//SOURCES SpanRecord.java
//SOURCES SpanTable.java
//SOURCES Starts.java
//SOURCES Store.java
//SOURCES StoreFile.java
//SOURCES StreamReader.java
//SOURCES TraceSums.java
//SOURCES Transaction.java
//SOURCES Words.java
//SOURCES Writer.java
package embedded.store;
