/**
 * What is broken on the way from {@code pa} to the panel: a canary trace, metric and log record are sent, and each hop is
 * asked whether they have come by. A hop whose way is cut is skipped and names what it waits for; no hop keeps another from
 * being asked.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//SOURCES Canary.java
//SOURCES Credentials.java
//SOURCES Doctor.java
//SOURCES Finding.java
//SOURCES Hop.java
//SOURCES Http2Greeting.java
//SOURCES RemoteWay.java
//SOURCES Shell.java
//SOURCES CanarySearch.java
//SOURCES Trust.java
//SOURCES Way.java
//SOURCES Web.java
package doctor;
