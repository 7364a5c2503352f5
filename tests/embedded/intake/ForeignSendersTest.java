package embedded.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.StackOptions;

/** Senders that use other names for this machine, web pages, and preflight requests. */
class ForeignSendersTest {
    @TempDir
    Path folder;
    private Running engine;

    @AfterEach
    void stop() {
        engine.close();
    }

    private void start(StackOptions.Senders senders) throws Exception {
        engine = Running.with(folder, senders);
    }

    /** Head and body of the answer to a request that is written down as it goes over the wire. */
    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", engine.port(PortName.OTLP_HTTP))) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String post(String headers) throws Exception {
        return raw("POST /v1/traces HTTP/1.1\r\n" + headers + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ")[1]);
    }

    @Test
    void anAliasIsRefusedUnlessItIsAllowed() throws Exception {
        String alias = "Host: otel.internal:4318\r\nContent-Type: application/json\r\n";
        start(StackOptions.Senders.NONE);
        assertEquals(403, status(post(alias)));
        engine.close();
        start(new StackOptions.Senders(List.of("otel.internal", "host.docker.internal"), List.of()));
        assertEquals(200, status(post(alias)));
        assertEquals(200, status(post(alias.replace("otel.internal", "HOST.docker.internal"))));
        assertEquals(403, status(post(alias.replace("otel.internal", "evil.example"))));
        assertEquals(403, engine.get(PortName.PAGE, "/api/runs", "Sec-Fetch-Site", "cross-site").statusCode(), "the page");
    }

    @Test
    void aWebPageIsRefusedUnlessItsOriginIsAllowed() throws Exception {
        String page = "Host: localhost\r\nOrigin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n"
                + "Content-Type: application/json\r\n";
        start(StackOptions.Senders.NONE);
        assertEquals(403, status(post(page)));
        engine.close();
        start(new StackOptions.Senders(List.of(), List.of("https://app.example")));
        String answer = post(page);
        assertEquals(200, status(answer));
        assertTrue(answer.toLowerCase().contains("access-control-allow-origin: https://app.example\r\n"), answer);
        assertEquals(403, status(post(page.replace("app.example", "evil.example"))));
        String preflight = raw("OPTIONS /v1/traces HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example\r\n"
                + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type,x-team\r\n"
                + "Connection: close\r\n\r\n");
        assertEquals(204, status(preflight));
        assertTrue(preflight.toLowerCase().contains("access-control-allow-headers: content-type,x-team\r\n"), preflight);
    }

    @Test
    void aSenderThatAsksBeforeItSendsIsAnswered() throws Exception {
        start(StackOptions.Senders.NONE);
        try (Socket socket = new Socket("127.0.0.1", engine.port(PortName.OTLP_HTTP))) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertEquals("HTTP/1.1 100", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
            assertTrue(new String(in.readAllBytes(), StandardCharsets.US_ASCII).contains("HTTP/1.1 200"));
        }
    }

    @Test
    void everyRefusalIsAStatusInTheEncodingOfTheRequest() throws Exception {
        start(StackOptions.Senders.NONE);
        String json = post("Host: evil.example\r\nContent-Type: application/json\r\n");
        assertTrue(json.endsWith("{\"code\":7,\"message\":\"the Host header does not name this machine\"}"), json);
        String protobuf = post("Host: evil.example\r\nContent-Type: application/x-protobuf\r\n");
        String body = protobuf.substring(protobuf.indexOf("\r\n\r\n") + 4);
        CodedInputStream in = CodedInputStream.newInstance(body.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(1 << 3, in.readTag());
        assertEquals(7, in.readInt32());
        assertEquals(2 << 3 | 2, in.readTag());
        assertEquals("the Host header does not name this machine", in.readString());
        String type = post("Host: localhost\r\nContent-Type: text/plain\r\n");
        assertEquals(415, status(type));
        assertTrue(type.contains("{\"code\":3,\"message\":\"the content type must be"), type);
    }
}
