/**
 * The append-only record of a session, in the user's state folder, owner only: {@link journal.StateHome} has projects,
 * a {@link journal.Project} has sessions, a {@link journal.SessionFolder} has one journal and is held by the run that writes it.
 * Resume, show, the list of sessions and telemetry need nothing else. It also keeps how far a session's telemetry was
 * acknowledged ({@link journal.Watermarks}) and which runs' was not ({@link journal.Unsent}).
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.23.0
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.23.0
//SOURCES Bounded.java
//SOURCES Completeness.java
//SOURCES Entry.java
//SOURCES EntryListener.java
//SOURCES EventCodec.java
//SOURCES EventTexts.java
//SOURCES Journal.java
//SOURCES JournalReader.java
//SOURCES Origins.java
//SOURCES Project.java
//SOURCES SessionFolder.java
//SOURCES SessionRemoval.java
//SOURCES Sessions.java
//SOURCES SessionSummary.java
//SOURCES SmallFile.java
//SOURCES StateHome.java
//SOURCES Takeover.java
//SOURCES Unsent.java
//SOURCES ValueJson.java
//SOURCES Watermarks.java
package journal;
