/**
 * Where it is kept: one SQLite file, one thread that writes it, tables for spans, log records and points, and what keeps the
 * file within its bounds. May call {@code embedded.model}, the root of {@code embedded} and {@code contract}.
 *
 * <p>The way of what is written: {@link embedded.store.Writer} takes a {@link embedded.store.Batch} from its queue and opens a
 * {@link embedded.store.Transaction}, through which the batch reaches {@link embedded.store.SpanTable},
 * {@link embedded.store.LogTable} and {@link embedded.store.SeriesTable}. The way of what goes:
 * {@link embedded.store.Retention} asks {@link embedded.store.Removal} for the oldest.
 */
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//DEPS com.fasterxml.jackson.core:jackson-core:2.23.0
//SOURCES AgentTable.java
//SOURCES Batch.java
//SOURCES Bind.java
//SOURCES Dictionary.java
//SOURCES FileHolders.java
//SOURCES GrowthRebuild.java
//SOURCES GrowthTable.java
//SOURCES Interned.java
//SOURCES LastUse.java
//SOURCES LiveSeries.java
//SOURCES LiveSeriesLoader.java
//SOURCES LogTable.java
//SOURCES Migration.java
//SOURCES Removal.java
//SOURCES Retention.java
//SOURCES RetentionClock.java
//SOURCES RunTable.java
//SOURCES Salvage.java
//SOURCES Schema.java
//SOURCES SeriesBytes.java
//SOURCES SeriesLimits.java
//SOURCES SeriesTable.java
//SOURCES Shares.java
//SOURCES SpanTable.java
//SOURCES Store.java
//SOURCES StoreFault.java
//SOURCES StoreFile.java
//SOURCES StreamReader.java
//SOURCES TraceSums.java
//SOURCES Transaction.java
//SOURCES Unreferenced.java
//SOURCES WeighedCache.java
//SOURCES Writer.java
package embedded.store;
