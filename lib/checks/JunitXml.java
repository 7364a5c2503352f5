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

/** Reads the XML that JUnit began and most runners write: {@code testcase} elements with their failures. */
final class JunitXml {
    private JunitXml() {}

    /** Adds the file's tests. One that is cut off counts as far as it goes. */
    static void read(Path file, Map<String, Result> results) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        // The file was written by the project's own tools: nothing outside of it is read.
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
            // A runner that was ended in the middle: what it had written counts, the exit code says the rest.
            return;
        }
    }

    /** What GoogleTest and CTest say of a test that did not run. */
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
