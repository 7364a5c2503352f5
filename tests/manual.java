///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
//SOURCES ../pa.java
//SOURCES cli/Manual.java

import cli.Manual;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints docs/pa.md. {@code make docs}. */
class manual {
    public static void main(String... arguments) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Manual.page());
    }
}
