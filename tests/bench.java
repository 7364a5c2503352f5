///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVA_OPTIONS -XX:+UseSerialGC -Xmx1g
//SOURCES ../lib/contract/package-info.java
//SOURCES ../lib/console/package-info.java
//SOURCES ../lib/services/package-info.java
//SOURCES ../lib/embedded/package-info.java
//SOURCES embedded/Bench.java
//SOURCES embedded/Load.java
//SOURCES embedded/Otlp.java

/** Measures what the design set goals for and prints tables; {@code make bench}. With a number: so many spans. */
class bench {
    public static void main(String... arguments) throws Exception {
        embedded.Bench.run(System.out, arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000);
    }
}
