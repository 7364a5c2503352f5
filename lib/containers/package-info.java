/**
 * The stack in containers. Testcontainers makes the client for the engine that is found and waits for services to answer;
 * what its own lifecycle cannot do for a stack that outlives this program (stop with SIGTERM, find what is stopped, keep a
 * network, run without Ryuk) is asked of the engine through that client. What should be there comes from {@code services};
 * what is there is read from labels; the difference is carried out. A look, a stop, networks and volumes are small requests
 * ({@link containers.engine.Order}), since to load that client takes longer: it is loaded meanwhile. Testcontainers and
 * docker-java stand in this room only.
 *
 * <p>The way of {@code stack up}:
 * <pre>
 * ContainerEngine → engine.EngineFinder    an engine that answers, as a Connection ({@link containers.engine})
 *                 → Glance, Inventory      what is there, from labels; Glance when all runs, in a few small requests
 *                 → services.Reconciler    the difference to what should be there
 *                 → Executor               PortCheck, volumes, StackNetwork; what this start made, Made takes back
 *                 → ServiceStarter         Creation makes containers while the network is made (ContainerMaker); all start in
 *                                          parallel, and Readiness waits for each service's own endpoint
 * </pre>
 * That nothing is lost when a part stops: {@code FinalScrape}, {@code Stopper}. {@code stack down}: {@code Dismantler}.
 */
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS org.slf4j:slf4j-nop:2.0.18
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS org.apache.commons:commons-compress:1.28.0
//SOURCES engine/package-info.java
//SOURCES ContainerEngine.java
//SOURCES ContainerMaker.java
//SOURCES Creation.java
//SOURCES Dismantler.java
//SOURCES Executor.java
//SOURCES FinalScrape.java
//SOURCES Glance.java
//SOURCES GrafanaLinks.java
//SOURCES HostAddress.java
//SOURCES Images.java
//SOURCES Inventory.java
//SOURCES Labels.java
//SOURCES LogTail.java
//SOURCES Look.java
//SOURCES Made.java
//SOURCES Page.java
//SOURCES Parallel.java
//SOURCES NamesInNetwork.java
//SOURCES OpenPorts.java
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
//SOURCES StackLock.java
//SOURCES StackNetwork.java
//SOURCES StatusReader.java
//SOURCES Stopper.java
//SOURCES Tar.java
//SOURCES Target.java
//SOURCES TrainingEngine.java
//SOURCES Uninterrupted.java
//SOURCES Warm.java
package containers;
