/**
 * The command line of {@code pa}: one class per verb, and its help. {@link cli.Cli} gives the command line to the verb's class;
 * {@link cli.PaCommand} and {@link cli.ResumeCommand} hand a run over to the wing {@code cli.run}. May use every room of the upper
 * half.
 */
//DEPS info.picocli:picocli:4.7.7
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
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
