/**
 * The container engine and how to speak with it; nothing here knows what should be in it.
 * <pre>
 * where it may be   EngineAddresses (as Docker's own command line finds it) → DockerContext, TlsMaterial, PemKey
 * which one answers EngineFinder → Connection, with a client of docker-java that is made when it is first needed
 * why none answers  ConnectProblem, SocketAccess: a sentence for people, with the remedy
 * a small request   PlainRequest, and Order for what is to be done; they load nothing of Testcontainers
 * a command inside  CommandRunner over a connection of its own (Duplex), its output told apart by FrameSplitter
 * what went wrong   EngineErrors
 * </pre>
 */
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.github.docker-java:docker-java-transport-zerodep:3.7.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES AddressStrategy.java
//SOURCES ApiVersion.java
//SOURCES CommandEnd.java
//SOURCES CommandRunner.java
//SOURCES CommandStreams.java
//SOURCES ConnectProblem.java
//SOURCES Connection.java
//SOURCES DockerContext.java
//SOURCES Duplex.java
//SOURCES EngineAddresses.java
//SOURCES EngineErrors.java
//SOURCES EngineFinder.java
//SOURCES FrameSplitter.java
//SOURCES Lazily.java
//SOURCES Order.java
//SOURCES PemKey.java
//SOURCES PlainRequest.java
//SOURCES SocketAccess.java
//SOURCES TlsMaterial.java
//SOURCES UnusedTls.java
package containers.engine;
