/**
 * What the rooms agree on, and nothing that does anything: names of telemetry, exit codes, endpoints and ports, variables
 * that hold secrets, folders, and the one exception that carries a message for a person. Imports nothing of ours and no
 * library.
 */
//SOURCES Product.java
//SOURCES Status.java
//SOURCES EvidenceLevel.java
//SOURCES ErrorType.java
//SOURCES ContentMode.java
//SOURCES SchemaUrls.java
//SOURCES ExitCode.java
//SOURCES Failure.java
//SOURCES EngineProcess.java
//SOURCES FallenEngine.java
//SOURCES KnownSecrets.java
//SOURCES Secrets.java
//SOURCES SecretShapes.java
//SOURCES Variables.java
//SOURCES OpenFiles.java
//SOURCES OwnerFiles.java
//SOURCES Ports.java
//SOURCES StateFolders.java
//SOURCES TraceLink.java
//SOURCES EngineMarker.java
//SOURCES Sha256.java
//SOURCES Spans.java
//SOURCES LogEvents.java
//SOURCES GenAi.java
//SOURCES Keys.java
//SOURCES Metric.java
//SOURCES Metrics.java
package contract;
