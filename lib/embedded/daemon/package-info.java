/**
 * The background JVM and its life: starting, finding and stopping it, its settings, its ports, its log. May call the other
 * wings, {@code services}, {@code console} and {@code contract}.
 */
//DEPS io.vertx:vertx-core:5.0.7
//DEPS io.netty:netty-transport:4.2.20.Final
//SOURCES BoundedTransport.java
//SOURCES Daemon.java
//SOURCES DaemonLauncher.java
//SOURCES DaemonState.java
//SOURCES EmbeddedEngine.java
//SOURCES Folders.java
//SOURCES LogFile.java
//SOURCES DaemonReadiness.java
//SOURCES NewestLine.java
//SOURCES OpenConnections.java
//SOURCES Server.java
//SOURCES ConnectionState.java
//SOURCES DaemonSettings.java
package embedded.daemon;
