/**
 * The command line of {@code pa}: one class per verb, what may be typed, and the wiring of a run. May use every room of the
 * upper half.
 */
//DEPS info.picocli:picocli:4.7.7
//DEPS io.github.cdimascio:dotenv-java:3.2.0
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Cli.java
//SOURCES CompletionCommand.java
//SOURCES ContextFolder.java
//SOURCES EnvironmentFile.java
//SOURCES LastResort.java
//SOURCES Help.java
//SOURCES HelpGroups.java
//SOURCES HelpTexts.java
//SOURCES Manual.java
//SOURCES ManualCommand.java
//SOURCES Notification.java
//SOURCES ExportCommand.java
//SOURCES OtlpSink.java
//SOURCES PaCommand.java
//SOURCES ProofOptions.java
//SOURCES Reasoners.java
//SOURCES RegradeCommand.java
//SOURCES RehearsalFolder.java
//SOURCES ResumeCommand.java
//SOURCES Run.java
//SOURCES RunOptions.java
//SOURCES RunRequest.java
//SOURCES RunWorker.java
//SOURCES SessionsCommand.java
//SOURCES SessionsRemoveCommand.java
//SOURCES KeptOptions.java
//SOURCES SettingsFiles.java
//SOURCES ShowCommand.java
//SOURCES SignalHandlers.java
//SOURCES Stage.java
//SOURCES StateOption.java
//SOURCES TaskWord.java
//SOURCES TelemetryCommand.java
//SOURCES TelemetrySendCommand.java
//SOURCES TelemetrySink.java
//SOURCES TerminalConsent.java
//SOURCES UnavailableReasoner.java
//SOURCES EvidenceOptions.java
//SOURCES VerifyCommand.java
//SOURCES Workers.java
package cli;
