///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every jar that the programs and their tests resolve to, by SHA-256 and licence.
 *
 * <pre>
 *   Libraries.java check        compares what resolves now with libraries.lock; what CI runs
 *   Libraries.java write        writes libraries.lock and docs/libraries.md anew
 *   Libraries.java sbom FILE    writes a CycloneDX bill of materials of pa and stack
 * </pre>
 */
class Libraries {
    private static final Path LOCK = Path.of("libraries.lock");
    private static final Path TABLE = Path.of("docs/libraries.md");
    private static final List<String> SCRIPTS = List.of("pa.java", "stack/stack.java", "tests/tests.java");
    private static final String REPOSITORY = "/repository/";
    private static final int MAX_PARENTS = 6;

    /** A jar as it lies in the local Maven repository; {@code path} is relative to that. */
    private record Library(String path, Path file, String sha256, Set<String> users) {
        String[] parts() {
            return path.split("/");
        }

        String version() {
            return parts()[parts().length - 2];
        }

        String artifact() {
            return parts()[parts().length - 3];
        }

        String group() {
            return String.join(".", List.of(parts()).subList(0, parts().length - 3));
        }

        String purl() {
            return "pkg:maven/" + group() + "/" + artifact() + "@" + version();
        }
    }

    public static void main(String... arguments) throws Exception {
        String mode = arguments.length == 0 ? "" : arguments[0];
        switch (mode) {
            case "check" -> check();
            case "write" -> write();
            case "sbom" -> Files.writeString(Path.of(arguments[1]), sbom());
            default -> {
                System.err.println("usage: Libraries.java check | write | sbom FILE");
                System.exit(2);
            }
        }
    }

    private static void check() throws Exception {
        List<String> problems = new ArrayList<>();
        Map<String, String> locked = new TreeMap<>();
        for (String line : Files.readAllLines(LOCK)) {
            if (!line.startsWith("#")) {
                locked.put(line.substring(line.indexOf("  ") + 2), line.substring(0, line.indexOf(' ')));
            }
        }
        Map<String, Library> resolved = resolve();
        resolved.values().forEach(library -> {
            String sha256 = locked.remove(library.path);
            if (sha256 == null) {
                problems.add("not in libraries.lock: " + library.path);
            } else if (!sha256.equals(library.sha256)) {
                problems.add("another file than the one in libraries.lock: " + library.file);
            }
        });
        locked.keySet().forEach(path -> problems.add("in libraries.lock, and not used any more: " + path));
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) {
            System.err.println("libraries: if this is meant, run: ./jbang .ci/libraries/Libraries.java write");
            System.exit(1);
        }
        System.out.println("libraries: " + resolved.size() + " jars are those in libraries.lock");
    }

    private static void write() throws Exception {
        Map<String, Library> libraries = resolve();
        StringBuilder lock = new StringBuilder("# SHA-256 of every jar that pa, stack and the tests resolve to, by path in a Maven"
                + " repository.\n# Written by: ./jbang .ci/libraries/Libraries.java write\n");
        StringBuilder table = new StringBuilder("# Libraries\nWritten by `./jbang .ci/libraries/Libraries.java write`. The licence is"
                + " the one that the library's own POM names.\n\n| library | version | used by | licence |\n|---|---|---|---|\n");
        for (Library library : libraries.values()) {
            lock.append(library.sha256).append("  ").append(library.path).append('\n');
            table.append("| ").append(library.group()).append(':').append(library.artifact()).append(" | ")
                    .append(library.version()).append(" | ").append(String.join(", ", library.users)).append(" | ")
                    .append(String.join("; ", licences(library.file, 0))).append(" |\n");
        }
        Files.writeString(LOCK, lock);
        Files.writeString(TABLE, table);
        System.out.println("libraries: " + libraries.size() + " jars written to " + LOCK + " and " + TABLE);
    }

    /** What the three scripts resolve to, by path. */
    private static Map<String, Library> resolve() throws Exception {
        Map<String, Library> libraries = new TreeMap<>();
        for (String script : SCRIPTS) {
            String name = script.replaceAll(".*/|\\.java", "");
            for (String file : output("./jbang", "--quiet", "info", "classpath", "--deps-only", script).strip().split(":")) {
                int at = file.lastIndexOf(REPOSITORY);
                if (at < 0) {
                    throw new IOException("not in a Maven repository: " + file);
                }
                String path = file.substring(at + REPOSITORY.length());
                if (!libraries.containsKey(path)) {
                    libraries.put(path, new Library(path, Path.of(file), sha256(Path.of(file)), new TreeSet<>()));
                }
                libraries.get(path).users.add(name);
            }
        }
        return libraries;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + process.exitValue());
        }
        return output;
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static final Pattern LICENCE = Pattern.compile("<license>.*?<name>\\s*(.*?)\\s*</name>.*?</license>", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>(.*?)</parent>", Pattern.DOTALL);

    /** Of the library's POM, or else of the nearest POM above it that names one. */
    private static List<String> licences(Path jar, int depth) throws IOException {
        Path version = jar.getParent();
        Path pom = version.resolve(version.getParent().getFileName() + "-" + version.getFileName() + ".pom");
        if (depth > MAX_PARENTS || !Files.exists(pom)) {
            return List.of("not said");
        }
        String text = Files.readString(pom).replaceAll("(?s)<!--.*?-->", "");
        List<String> names = new ArrayList<>();
        Matcher licence = LICENCE.matcher(text);
        while (licence.find()) {
            names.add(licence.group(1).replaceAll("\\s+", " ").replace("|", "/"));
        }
        Matcher parent = PARENT.matcher(text);
        if (!names.isEmpty() || !parent.find()) {
            return names.isEmpty() ? List.of("not said") : names;
        }
        String group = element(parent.group(1), "groupId");
        String artifact = element(parent.group(1), "artifactId");
        String number = element(parent.group(1), "version");
        Path repository = Path.of(jar.toString().substring(0, jar.toString().lastIndexOf(REPOSITORY) + REPOSITORY.length()));
        return licences(repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(number).resolve("pom"), depth + 1);
    }

    private static String element(String xml, String name) {
        Matcher element = Pattern.compile("<" + name + ">\\s*(.*?)\\s*</" + name + ">").matcher(xml);
        return element.find() ? element.group(1) : "";
    }

    /** CycloneDX 1.5, of what runs at a user's. */
    private static String sbom() throws Exception {
        String version = element(Files.readString(Path.of("lib/contract/Product.java"))
                .replaceAll("(?s).*String VERSION = \"([^\"]*)\".*", "<version>$1</version>"), "version");
        StringBuilder json = new StringBuilder("{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n"
                + "  \"metadata\": {\"component\": {\"type\": \"application\", \"name\": \"agentproxy-java\", \"version\": \"" + version
                + "\"}},\n  \"components\": [");
        String comma = "";
        for (Library library : resolve().values()) {
            if (library.users.equals(Set.of("tests"))) {
                continue;
            }
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("type", "library");
            fields.put("bom-ref", library.purl());
            fields.put("group", library.group());
            fields.put("name", library.artifact());
            fields.put("version", library.version());
            fields.put("purl", library.purl());
            json.append(comma).append("\n    {");
            fields.forEach((name, value) -> json.append(text(name)).append(": ").append(text(value)).append(", "));
            json.append("\"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"").append(library.sha256).append("\"}], \"licenses\": [");
            String between = "";
            for (String licence : licences(library.file, 0)) {
                json.append(between).append("{\"license\": {\"name\": ").append(text(licence)).append("}}");
                between = ", ";
            }
            json.append("]}");
            comma = ",";
        }
        return json.append("\n  ]\n}\n").toString();
    }

    private static String text(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
