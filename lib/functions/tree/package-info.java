/**
 * The working directory: which paths in it may be read ({@link functions.tree.Workspace}), and what changed in it since when
 * ({@link functions.tree.ShadowTree}). May call {@code contract}, {@code agent}, {@code process} and {@code checks}.
 *
 * <p>{@link functions.tree.ShadowTree} watches by git's plumbing on a repository of its own and never touches the user's:
 * {@link functions.tree.FileListing} says which files there are, {@link functions.tree.GitTree} writes them into a tree object,
 * {@link functions.tree.StateLog} keeps the states in their order. Where git is missing, {@link functions.tree.StateFiles} and
 * {@link functions.tree.UnchangedFiles} compare sizes and times instead.
 */
//SOURCES BlockingFiles.java
//SOURCES Deadline.java
//SOURCES Exclusions.java
//SOURCES FileListing.java
//SOURCES Gathering.java
//SOURCES Git.java
//SOURCES GitTree.java
//SOURCES Interruptible.java
//SOURCES LinkedWorktrees.java
//SOURCES Listings.java
//SOURCES NullSeparated.java
//SOURCES Refused.java
//SOURCES ShadowTree.java
//SOURCES StateFiles.java
//SOURCES StateLog.java
//SOURCES StateStore.java
//SOURCES SurroundingIgnores.java
//SOURCES TreeContents.java
//SOURCES TreeDiff.java
//SOURCES TreeStore.java
//SOURCES UnchangedFiles.java
//SOURCES Workspace.java
package functions.tree;
