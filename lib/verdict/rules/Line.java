package verdict.rules;

/** A line of a file, numbered from 1. */
record Line(int number, String text) {}
