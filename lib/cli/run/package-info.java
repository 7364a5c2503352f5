/**
 * A run from its options to its exit code. {@link cli.run.RunOptions} declares the options. {@link cli.run.RunRequest} is the checked
 * request, after reading {@code .env}, kept options and settings files. {@link cli.run.Run} opens the session, connects the parts and
 * starts {@link agent.loop.Supervisor}. {@link cli.run.Reasoners} and {@link cli.run.Workers} are the registries with one line for each.
 * May use every room of the upper half except {@code cli} itself.
 */
//DEPS io.github.cdimascio:dotenv-java:3.2.0
//DEPS info.picocli:picocli:4.7.7
//SOURCES ContextFolder.java
//SOURCES EnvironmentFile.java
//SOURCES EvidenceOptions.java
//SOURCES KeptOptions.java
//SOURCES LastResort.java
//SOURCES Notification.java
//SOURCES OtlpSink.java
//SOURCES Reasoners.java
//SOURCES RehearsalFolder.java
//SOURCES Run.java
//SOURCES RunOptions.java
//SOURCES RunRequest.java
//SOURCES RunWorker.java
//SOURCES SettingsFiles.java
//SOURCES SignalHandlers.java
//SOURCES Stage.java
//SOURCES StateOption.java
//SOURCES TelemetrySink.java
//SOURCES TerminalConsent.java
//SOURCES UnavailableReasoner.java
//SOURCES Workers.java
package cli.run;
