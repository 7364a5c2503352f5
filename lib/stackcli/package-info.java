/**
 * The command line of {@code stack}: one class per command, the choice of the engine with its reason, and the display of progress and
 * results. May use every room of the lower half.
 */
//DEPS info.picocli:picocli:4.7.7
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS org.yaml:snakeyaml:2.7
//SOURCES Alerts.java
//SOURCES CompletionCommand.java
//SOURCES ConfigCommand.java
//SOURCES ConsoleProgress.java
//SOURCES ContentsMixin.java
//SOURCES DashboardResource.java
//SOURCES DashboardsCommand.java
//SOURCES DoctorCommand.java
//SOURCES DownCommand.java
//SOURCES EngineChoice.java
//SOURCES EnvCommand.java
//SOURCES ExecCommand.java
//SOURCES HandoverCommand.java
//SOURCES Grafana.java
//SOURCES LogsCommand.java
//SOURCES OpenCommand.java
//SOURCES PrometheusDisk.java
//SOURCES ProvisionCommand.java
//SOURCES Provisioner.java
//SOURCES RemoteArguments.java
//SOURCES RestartCommand.java
//SOURCES SendersMixin.java
//SOURCES StackVerb.java
//SOURCES VerbInterruption.java
//SOURCES StackCli.java
//SOURCES StackCommand.java
//SOURCES StackOptionsMixin.java
//SOURCES StackTraining.java
//SOURCES StatusCommand.java
//SOURCES StatusView.java
//SOURCES Subcommands.java
//SOURCES UpCommand.java
//SOURCES Verbs.java
package stackcli;
