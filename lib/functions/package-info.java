/**
 * What PA can decide, and the working tree it decides about.
 *
 * <p>One file per function. Four rules hold for all of them. Nothing is run that neither the user named nor the project had
 * as its check when the session began, unless somebody said yes ({@link functions.Consent}). A path that a
 * model gave stays inside the working directory ({@link functions.Workspace}). A command runs without a shell, without
 * secrets in its environment, within a time limit, with its output capped, and with everything it started ended afterwards.
 * And what was not checked is skipped, never passed: no tests found, a tool that is not installed, a server that nobody runs.
 *
 * <p>{@link functions.ShadowTree} watches what the worker does to the files, by git's plumbing on a repository of its own,
 * and never touches the user's. How a project is tested is found out in the room {@code checks}.
 */
//SOURCES Refused.java
//SOURCES Exclusions.java
//SOURCES Workspace.java
//SOURCES Consent.java
//SOURCES OldCheck.java
//SOURCES FunctionOptions.java
//SOURCES Interruptible.java
//SOURCES Deadline.java
//SOURCES OwnerFiles.java
//SOURCES NullSeparated.java
//SOURCES Git.java
//SOURCES TreeDiff.java
//SOURCES SurroundingIgnores.java
//SOURCES Gathering.java
//SOURCES TreeContents.java
//SOURCES GitTree.java
//SOURCES FileListing.java
//SOURCES LinkedWorktrees.java
//SOURCES Listings.java
//SOURCES StateLog.java
//SOURCES StateFiles.java
//SOURCES UnchangedFiles.java
//SOURCES StateStore.java
//SOURCES ShadowTree.java
//SOURCES Leave.java
//SOURCES TreeStore.java
//SOURCES CheckEnvironment.java
//SOURCES Commands.java
//SOURCES Report.java
//SOURCES TestTool.java
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
package functions;
