/**
 * The stack in one background JVM, for a machine without containers: takes OTLP over gRPC and HTTP, keeps it in an SQLite
 * file, serves the last values as Prometheus text and everything on a web page. May call {@code services}, {@code console}
 * and {@code contract}. Here lies what every wing speaks of: the three signals, refusals, times, values, JSON, the log.
 *
 * <pre>
 *   OTLP client          browser, Prometheus            stack up | status | down
 *        |                       |                               |
 *     intake                   page                           daemon     one JVM in the background, its ports and life
 *     guard, bounds,           lists and panels,                 |
 *     decode                   files, news                       +-- starts intake and page on a store
 *        |                       |
 *        |                     query                             reads: traces, runs, series, words, Prometheus text
 *        |                       |
 *        +-------- store --------+                               writes: one thread, one file
 *                    |
 *                  model                                         spans, log records, points as values
 * </pre>
 *
 * <p>The way of a request: {@link embedded.intake.OtlpGrpc} or {@link embedded.intake.OtlpHttp} →
 * {@link embedded.intake.Intake} decodes it into a {@link embedded.store.Batch} → {@link embedded.store.Writer} commits it
 * together with all others that wait → the client is answered. The way of a question: {@link embedded.page.WebPage} →
 * {@link embedded.page.PageApi} → a query on a connection of its own ({@link embedded.store.Store}). The way of
 * {@code stack up}: {@link embedded.daemon.EmbeddedEngine} → {@link embedded.daemon.DaemonLauncher} → a new JVM with
 * {@link embedded.daemon.Daemon} → {@link embedded.daemon.Server}.
 */
//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS com.fasterxml.jackson.core:jackson-core:2.23.0
//SOURCES Json.java
//SOURCES Log.java
//SOURCES Memory.java
//SOURCES Nanos.java
//SOURCES OtlpJson.java
//SOURCES Rejection.java
//SOURCES Severity.java
//SOURCES Signal.java
//SOURCES Values.java
//SOURCES model/package-info.java
//SOURCES store/package-info.java
//SOURCES intake/package-info.java
//SOURCES query/package-info.java
//SOURCES page/package-info.java
//SOURCES daemon/package-info.java
package embedded;
