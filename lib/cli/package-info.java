/**
 * The command line of {@code pa}: one class per command, and its help. {@link cli.Cli} passes the command line to the command's class.
 * {@link cli.PaCommand} and {@link cli.ResumeCommand} pass a run on to the wing {@code cli.run}. This room may use every room of the
 * upper half.
 */
//DEPS info.picocli:picocli:4.7.7
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES Cli.java
//SOURCES CompletionCommand.java
//SOURCES Help.java
//SOURCES HelpGroups.java
//SOURCES HelpTexts.java
//SOURCES ExportCommand.java
//SOURCES PaCommand.java
//SOURCES PaTraining.java
//SOURCES ProofOptions.java
//SOURCES RegradeCommand.java
//SOURCES ResumeCommand.java
//SOURCES ReviewOptions.java
//SOURCES SessionsCommand.java
//SOURCES SessionsRemoveCommand.java
//SOURCES ShowCommand.java
//SOURCES TaskWord.java
//SOURCES TelemetryCommand.java
//SOURCES TelemetrySendCommand.java
//SOURCES Verb.java
//SOURCES VerdictRecord.java
//SOURCES VerdictRun.java
//SOURCES VerifyCommand.java
//SOURCES run/package-info.java
package cli;
