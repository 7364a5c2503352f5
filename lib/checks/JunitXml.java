package checks;

import checks.TestReport.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads JUnit's XML, which most runners write: {@code testcase} elements with their failures. */
final class JunitXml {
    private JunitXml() {}

    /** Adds the file's tests. Of an incomplete file, the readable part counts. */
    static void read(Path file, Map<String, Result> results) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        // The project's own tools wrote the file: the parser must not follow references out of it.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String id = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String element = xml.getLocalName();
                    if (element.equals("testcase")) {
                        id = id(xml);
                        TestIds.add(results, id, left(xml) ? Result.SKIP : Result.PASS);
                        id = TestIds.latest(results, id);
                    } else if (element.equals("failure") || element.equals("error")) {
                        results.put(id, Result.FAIL);
                    } else if (element.equals("skipped") && results.get(id) == Result.PASS) {
                        results.put(id, Result.SKIP);
                    }
                }
            }
        } catch (IOException | XMLStreamException e) {
            // The runner was ended while writing. The complete part counts, and the exit code shows the failure.
            return;
        }
    }

    /** The words of GoogleTest and CTest for a test that did not run. */
    private static boolean left(XMLStreamReader xml) {
        String status = xml.getAttributeValue(null, "status");
        return status != null && status.matches("notrun|disabled|skipped");
    }

    private static String id(XMLStreamReader xml) {
        String group = xml.getAttributeValue(null, "classname");
        String name = xml.getAttributeValue(null, "name");
        return (group == null || group.isEmpty() ? "" : group + "::") + name;
    }
}
