package checks;

import checks.TestReport.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the files of {@code dotnet test --logger trx}, one for each test project, in Visual Studio's TRX format. Each
 * {@code UnitTestResult} is a result. Its test name is the framework's display name, which is only the method with MSTest; the class is
 * in the test's definition further down. The results have no fixed order.
 */
final class TrxReport {
    private record Row(String test, String name, Result result) {}

    private TrxReport() {}

    /** Adds the tests of all such files in a folder. Of an incomplete file, the readable part counts. */
    static void read(Path folder, Map<String, Result> results) {
        // Of several tests with the same name, those that pass come first, so that the file's order does not matter.
        Map<String, List<Result>> byName = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.trx")) {
            for (Path file : files) {
                one(file, byName);
            }
        } catch (IOException e) {
            // The folder is gone: nothing was reported.
            return;
        }
        byName.forEach((name, all) -> all.stream().sorted().forEach(result -> TestIds.add(results, name, result)));
    }

    private static void one(Path file, Map<String, List<Result>> byName) throws IOException {
        List<Row> rows = new ArrayList<>();
        Map<String, String> classes = new HashMap<>();
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String test = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "UnitTestResult" -> rows.add(new Row(attribute(xml, "testId"), attribute(xml, "testName"),
                            result(attribute(xml, "outcome"))));
                    case "UnitTest" -> test = attribute(xml, "id");
                    case "TestMethod" -> classes.put(test, attribute(xml, "className"));
                    default -> { }
                }
            }
        } catch (XMLStreamException e) {
            // The runner was ended while writing. The complete part counts, and the exit code shows the failure.
            rows.removeIf(row -> row.name().isEmpty());
        }
        for (Row row : rows) {
            String type = classes.getOrDefault(row.test(), "").replaceFirst(",.*$", "");
            String name = type.isEmpty() || row.name().startsWith(type + ".") ? row.name() : type + "." + row.name();
            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(row.result());
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static Result result(String outcome) {
        return outcome.equals("Passed") ? Result.PASS
                : outcome.matches("NotExecuted|NotRunnable|Pending|Inconclusive") ? Result.SKIP : Result.FAIL;
    }
}
