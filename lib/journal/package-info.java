/**
 * The append-only record of a session: one folder per session under {@code .pa/sessions} of the working directory, owner
 * only. Resume, show and the list of sessions need nothing else.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.22.4
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.22.4
//SOURCES Entry.java
//SOURCES EntryListener.java
//SOURCES EventCodec.java
//SOURCES Journal.java
//SOURCES JournalReader.java
//SOURCES Origins.java
//SOURCES PrivateFiles.java
//SOURCES SessionFolder.java
//SOURCES Sessions.java
//SOURCES SessionSummary.java
//SOURCES SmallFile.java
//SOURCES Unsent.java
//SOURCES ValueJson.java
//SOURCES Watermarks.java
package journal;
