/**
 * The functions that PA can decide, with one file for each. Four rules hold for all of them. A program is run only if the user named it,
 * or if it was the project's check at the session's start, or with permission ({@link functions.Consent}). A path from a model stays
 * inside the working directory ({@link functions.tree.Workspace}). A command runs without a shell, without secrets in its environment,
 * within a time limit, with limited output, and all processes that it started are ended afterwards. A thing that was not checked is
 * skipped, never passed: no tests found, a tool that is not installed, a server that does not run.
 *
 * <p>{@link functions.DefaultFunctions} passes a decision to its class: {@code verify_code} to {@link functions.VerifyCode}, and so
 * on. Each gets its processes from {@link functions.Commands}. The files of the working directory are in the wing
 * {@code functions.tree}; the room {@code checks} finds out how a project is tested.
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
