/**
 * Runs commands safely: without a shell, with a time limit and a cap on output, and with the whole tree of processes ended
 * afterwards, also when this JVM is killed.
 */
//SOURCES CommandWords.java
//SOURCES ProcessSpec.java
package process;
