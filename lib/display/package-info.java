/**
 * A run as a person reads it: told while it goes on, shown again afterwards, and as lines for a script. Reads events and
 * journals; nothing depends on it.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
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
