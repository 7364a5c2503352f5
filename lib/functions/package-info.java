/**
 * What PA can decide, carried out: one file per function. Four rules hold for all of them. Nothing is run that neither the user
 * named nor the project had as its check when the session began, unless somebody said yes ({@link functions.Consent}). A path
 * that a model gave stays inside the working directory ({@link functions.tree.Workspace}). A command runs without a shell, without
 * secrets in its environment, within a time limit, with its output capped, and with everything it started ended afterwards.
 * And what was not checked is skipped, never passed: no tests found, a tool that is not installed, a server that nobody runs.
 *
 * <p>{@link functions.DefaultFunctions} takes a decision and gives it to its class: {@code verify_code} to
 * {@link functions.VerifyCode}, and so on. Each asks {@link functions.Commands} for a process. The files that it speaks of are
 * in the wing {@code functions.tree}; how a project is tested is found out in the room {@code checks}.
 */
//SOURCES Consent.java
//SOURCES OldCheck.java
//SOURCES FunctionOptions.java
//SOURCES Leave.java
//SOURCES CheckEnvironment.java
//SOURCES Commands.java
//SOURCES Report.java
//SOURCES Runners.java
//SOURCES ProjectChecks.java
//SOURCES ChangedFiles.java
//SOURCES SyntaxCheck.java
//SOURCES VerifyCode.java
//SOURCES RunTests.java
//SOURCES Loopback.java
//SOURCES HttpProbe.java
//SOURCES CheckServer.java
//SOURCES ReadFile.java
//SOURCES ReviewChanges.java
//SOURCES ProductRequest.java
//SOURCES LocalPorts.java
//SOURCES ProductStart.java
//SOURCES ProductPlan.java
//SOURCES VerifyProduct.java
//SOURCES TodoList.java
//SOURCES DefaultFunctions.java
//SOURCES tree/package-info.java
package functions;
