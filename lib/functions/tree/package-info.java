/**
 * The working directory: the paths that may be read ({@link functions.tree.Workspace}), and the changes since an earlier state
 * ({@link functions.tree.ShadowTree}). May call {@code contract}, {@code agent}, {@code process} and {@code checks}.
 *
 * <p>{@link functions.tree.ShadowTree} uses git's plumbing commands on a repository of its own and never touches the user's:
 * {@link functions.tree.GitTree} writes the files into a tree object, and {@link functions.tree.StateLog} keeps the order of the states.
 * Without git, {@link functions.tree.FileListing} and {@link functions.tree.Listings} compare sizes and times instead, and
 * {@link functions.tree.UnchangedFiles} is what remains of an earlier state.
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
