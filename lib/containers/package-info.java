/**
 * The stack in containers. What is usual is asked and ordered with small requests ({@link containers.engine.Order}); for the rest,
 * such as pulls and logs, Testcontainers makes the client for the engine that is found, which takes longer to load than all
 * small requests of a start. Its own lifecycle cannot do what a stack needs that outlives this program: stop with SIGTERM, find
 * what is stopped, keep a network, run without Ryuk. What should be there comes from {@code services};
 * what is there is read from labels; the difference is carried out. Testcontainers stands in {@link containers.engine} only,
 * docker-java in these two.
 *
 * <p>The way of {@code stack up}:
 * <pre>
 * ContainerEngine → engine.EngineFinder    an engine that answers, as a Connection ({@link containers.engine})
 *                 → Glance, Inventory      what is there, from labels; Glance when all runs, in a few small requests
 *                 → services.Reconciler    the difference to what should be there
 *                 → Executor               Images, PortCheck, ContainerMaker; what this start made, Made takes back
 *                 → ServiceStarter         starts in parallel; Readiness waits for each service's own endpoint
 * </pre>
 * That nothing is lost when a part stops: {@code FinalScrape}, {@code Stopper}. {@code stack down}: {@code Dismantler}.
 */
//DEPS org.slf4j:slf4j-nop:2.0.18
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS org.apache.commons:commons-compress:1.28.0
//SOURCES engine/package-info.java
//SOURCES ContainerDescription.java
//SOURCES ContainerEngine.java
//SOURCES ContainerMaker.java
//SOURCES Dismantler.java
//SOURCES Executor.java
//SOURCES FinalScrape.java
//SOURCES Glance.java
//SOURCES GrafanaLinks.java
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
//SOURCES StatusReader.java
//SOURCES Stopper.java
//SOURCES Tar.java
//SOURCES TrainingEngine.java
//SOURCES Uninterrupted.java
package containers;
