/**
 * What the stack is, whoever runs it: its services, their ports and addresses, what an engine must be able to do, and what a
 * person is told on the way. The engines themselves live in {@code containers} and {@code embedded}.
 */
//SOURCES Engine.java
//SOURCES StackOptions.java
//SOURCES ServiceStatus.java
//SOURCES Progress.java
package services;
