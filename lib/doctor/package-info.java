/**
 * Finds what is broken on the way from {@code pa} to the panel. It sends a canary trace, metric and log record and asks each
 * hop whether they have arrived. A hop after a broken one is skipped and names the broken one; all others are still asked.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
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
