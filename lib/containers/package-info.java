/**
 * The stack in containers. Testcontainers makes the client for the engine that is found and waits for services to answer;
 * what
 * its own lifecycle cannot do for a stack that outlives this program (stop with SIGTERM, find what is stopped, keep a
 * network,
 * run without Ryuk) is asked of the engine through that client. What should be there comes from {@code services}; what is
 * there
 * is read from labels; the difference is carried out. Testcontainers and docker-java stand in this room only.
 */
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS org.slf4j:slf4j-nop:2.0.18
//SOURCES AddressStrategy.java
//SOURCES ApiVersion.java
//SOURCES Connection.java
//SOURCES ContainerEngine.java
//SOURCES ContainerMaker.java
//SOURCES Dismantler.java
//SOURCES EngineAddresses.java
//SOURCES EngineErrors.java
//SOURCES EngineFinder.java
//SOURCES Executor.java
//SOURCES GrafanaLinks.java
//SOURCES Images.java
//SOURCES Inventory.java
//SOURCES Labels.java
//SOURCES LogTail.java
//SOURCES Made.java
//SOURCES Parallel.java
//SOURCES PortCheck.java
//SOURCES Readiness.java
//SOURCES RememberedOptions.java
//SOURCES StackLock.java
//SOURCES StatusReader.java
//SOURCES Stopper.java
//SOURCES Tar.java
//SOURCES Target.java
//SOURCES Uninterrupted.java
package containers;
