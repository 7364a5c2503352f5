/**
 * Shows a run: to the user while it runs and afterwards, and as lines for a script. It reads events and journals; no other room
 * depends on it, except the command line.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//SOURCES DecisiveLines.java
//SOURCES Describe.java
//SOURCES EvidenceViews.java
//SOURCES JsonDisplay.java
//SOURCES LineDisplay.java
//SOURCES LivingLine.java
//SOURCES NoteLines.java
//SOURCES Printable.java
//SOURCES QuietDisplay.java
//SOURCES RoundView.java
//SOURCES RunTree.java
//SOURCES SessionJson.java
//SOURCES SessionViews.java
//SOURCES ToolIndents.java
package display;
