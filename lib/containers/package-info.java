/**
 * The stack in containers. Testcontainers makes the client for the engine that is found and waits for services to answer;
 * what its own lifecycle cannot do for a stack that outlives this program (stop with SIGTERM, find what is stopped, keep a
 * network, run without Ryuk) is asked of the engine through that client. What should be there comes from {@code services};
 * what is there is read from labels; the difference is carried out. Testcontainers and docker-java stand in this room only.
 *
 * <p>Where an engine may be, as Docker's own command line finds it: {@code EngineAddresses}, {@code DockerContext},
 * {@code TlsMaterial}, {@code PemKey}. Which one answers, or why none does: {@code EngineFinder}, {@code ConnectProblem}. What to do is
 * carried out by {@code Executor} and {@code ServiceStarter}, taken back by {@code Made}. That nothing is lost when a part
 * stops: {@code FinalScrape}, {@code Stopper}. Commands in containers have a connection of their own: {@code CommandRunner}.
 */
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS org.slf4j:slf4j-nop:2.0.18
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.github.docker-java:docker-java-transport-zerodep:3.7.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS org.apache.commons:commons-compress:1.28.0
//SOURCES AddressStrategy.java
//SOURCES ApiVersion.java
//SOURCES CommandEnd.java
//SOURCES CommandRunner.java
//SOURCES CommandStreams.java
//SOURCES ConnectProblem.java
//SOURCES Connection.java
//SOURCES ContainerEngine.java
//SOURCES ContainerMaker.java
//SOURCES Dismantler.java
//SOURCES DockerContext.java
//SOURCES Duplex.java
//SOURCES EngineAddresses.java
//SOURCES EngineErrors.java
//SOURCES EngineFinder.java
//SOURCES Executor.java
//SOURCES FinalScrape.java
//SOURCES FrameSplitter.java
//SOURCES Glance.java
//SOURCES GrafanaLinks.java
//SOURCES Images.java
//SOURCES Inventory.java
//SOURCES Labels.java
//SOURCES Lazily.java
//SOURCES LogTail.java
//SOURCES Made.java
//SOURCES Page.java
//SOURCES Parallel.java
//SOURCES OpenPorts.java
//SOURCES PemKey.java
//SOURCES PlainRequest.java
//SOURCES PortCheck.java
//SOURCES PortTrial.java
//SOURCES PublishedHere.java
//SOURCES PullProgress.java
//SOURCES QuickAnswer.java
//SOURCES ReachCheck.java
//SOURCES Readiness.java
//SOURCES RememberedOptions.java
//SOURCES Selection.java
//SOURCES ServiceLogs.java
//SOURCES ServiceStarter.java
//SOURCES SocketAccess.java
//SOURCES StackLock.java
//SOURCES StatusReader.java
//SOURCES Stopper.java
//SOURCES Tar.java
//SOURCES Target.java
//SOURCES TlsMaterial.java
//SOURCES TrainingEngine.java
//SOURCES Uninterrupted.java
package containers;
