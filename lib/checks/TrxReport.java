package checks;

import checks.TestReport.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads what {@code dotnet test --logger trx} writes, a file for each test project: Visual Studio's TRX format, of which each
 * {@code UnitTestResult} counts.
 */
final class TrxReport {
    private TrxReport() {}

    /** Adds the tests of all such files in a folder. One that is cut off counts as far as it goes. */
    static void read(Path folder, Map<String, Result> results) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.trx")) {
            for (Path file : files) {
                one(file, results);
            }
        } catch (IOException | XMLStreamException e) {
            // A runner that was ended in the middle: what it had written counts, the exit code says the rest.
            return;
        }
    }

    private static void one(Path file, Map<String, Result> results) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("UnitTestResult")) {
                    String outcome = String.valueOf(xml.getAttributeValue(null, "outcome"));
                    TestIds.add(results, xml.getAttributeValue(null, "testName"), outcome.equals("Passed") ? Result.PASS
                            : outcome.matches("NotExecuted|NotRunnable|Pending|Inconclusive") ? Result.SKIP : Result.FAIL);
                }
            }
        }
    }
}
