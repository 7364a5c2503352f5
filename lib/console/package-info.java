/**
 * All printing: data to stdout, everything else to stderr, colour only on a terminal. This room is also the one place that turns
 * an exception into lines and an exit code.
 */
//SOURCES Cells.java
//SOURCES ClassArchive.java
//SOURCES ClassTraining.java
//SOURCES Console.java
//SOURCES ErrorReport.java
//SOURCES Format.java
//SOURCES JBangCatalogs.java
//SOURCES Pager.java
//SOURCES Palette.java
//SOURCES ProgramName.java
//SOURCES RawTerminal.java
//SOURCES Signals.java
//SOURCES StatusLine.java
//SOURCES Steps.java
//SOURCES Table.java
//SOURCES Terminal.java
package console;
