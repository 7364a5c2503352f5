/**
 * The stack in one background JVM, for a machine without containers: takes OTLP over gRPC and HTTP, keeps it in an SQLite
 * file, serves the last values as Prometheus text and everything on a web page. May call {@code services}, {@code console}
 * and {@code contract}; Vert.x serves, protobuf decodes, SQLite stores, uPlot draws.
 *
 * <p>The way of a request: {@link embedded.OtlpGrpc} or {@link embedded.OtlpHttp} → {@link embedded.Intake} decodes it into
 * a {@link embedded.Batch} → {@link embedded.Writer} commits it together with all others that wait → the client is answered.
 * The way of a question: {@link embedded.WebPage} → {@link embedded.PageApi} → queries on connections of their own.
 */
//DEPS io.vertx:vertx-grpc-server:5.0.7
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.35.1
//DEPS com.google.protobuf:protobuf-java-util:4.35.1
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//DEPS org.webjars.npm:uplot:1.6.30
//SOURCES Answer.java
//SOURCES Answers.java
//SOURCES Batch.java
//SOURCES Daemon.java
//SOURCES DaemonLauncher.java
//SOURCES DaemonState.java
//SOURCES Distribution.java
//SOURCES EmbeddedEngine.java
//SOURCES Envelope.java
//SOURCES Exposition.java
//SOURCES Folders.java
//SOURCES Guard.java
//SOURCES Gunzip.java
//SOURCES Intake.java
//SOURCES IntakeLimits.java
//SOURCES Interned.java
//SOURCES Json.java
//SOURCES LiveFeed.java
//SOURCES LiveSeries.java
//SOURCES LiveSeriesLoader.java
//SOURCES Log.java
//SOURCES LogBatch.java
//SOURCES LogTable.java
//SOURCES LogTail.java
//SOURCES MetricBatch.java
//SOURCES MetricKind.java
//SOURCES MetricsPage.java
//SOURCES Nanos.java
//SOURCES OtlpGrpc.java
//SOURCES OtlpHttp.java
//SOURCES OtlpJson.java
//SOURCES PageApi.java
//SOURCES PageFiles.java
//SOURCES Panels.java
//SOURCES PointRow.java
//SOURCES PortOwner.java
//SOURCES PrometheusNames.java
//SOURCES Readiness.java
//SOURCES Rejection.java
//SOURCES Retention.java
//SOURCES RunFacts.java
//SOURCES RunQueries.java
//SOURCES RunTable.java
//SOURCES Sample.java
//SOURCES Schema.java
//SOURCES SeriesKey.java
//SOURCES SeriesQueries.java
//SOURCES SeriesTable.java
//SOURCES Server.java
//SOURCES Settings.java
//SOURCES Signal.java
//SOURCES SignalReader.java
//SOURCES SpanGroup.java
//SOURCES SpanRecord.java
//SOURCES SpanTable.java
//SOURCES Store.java
//SOURCES StoreFile.java
//SOURCES Timeline.java
//SOURCES TraceBatch.java
//SOURCES TraceId.java
//SOURCES TraceQueries.java
//SOURCES TraceSums.java
//SOURCES Transaction.java
//SOURCES Values.java
//SOURCES WebPage.java
//SOURCES WordSearch.java
//SOURCES Words.java
//SOURCES Writer.java
//FILES embedded/page/index.html=page/index.html
//FILES embedded/page/app.js=page/app.js
//FILES embedded/page/dom.js=page/dom.js
//FILES embedded/page/format.js=page/format.js
//FILES embedded/page/otlp.js=page/otlp.js
//FILES embedded/page/charts.js=page/charts.js
//FILES embedded/page/overview.js=page/overview.js
//FILES embedded/page/lists.js=page/lists.js
//FILES embedded/page/trace.js=page/trace.js
//FILES embedded/page/metrics.js=page/metrics.js
//FILES embedded/page/page.css=page/page.css
//FILES embedded/page/icon.svg=page/icon.svg
package embedded;
