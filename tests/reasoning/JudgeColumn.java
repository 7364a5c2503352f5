package reasoning;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A column of docs/judges.md: what one judge makes of each fault. A judge's own tests write it, and {@link JudgeFaultsTest} names
 * it and runs each of its cells.
 */
public final class JudgeColumn {
    private static final String AGAIN = ", as long as the policy allows";
    private static final Cell NEVER = new Cell("–", folder -> {
        throw new IllegalStateException("this fault cannot happen");
    });

    private final String judge;
    private final Map<JudgeFault, Cell> cells = new EnumMap<>(JudgeFault.class);

    /**
     * @param expected error type, whether the run is held, how often the model is asked
     * @param made the judge with that fault, for an empty folder
     */
    record Cell(String expected, Function<Path, JudgeDouble> made) {}

    private JudgeColumn(String judge) {
        this.judge = judge;
    }

    /** @param judge the word after {@code --reasoner} */
    public static JudgeColumn of(String judge) {
        return new JudgeColumn(judge);
    }

    /** One in which every fault below HTTP's answers stands already: those are the same for every API. */
    public static JudgeColumn of(String judge, HttpJudge http) {
        MockResponse redirect = new MockResponse.Builder().code(307).setHeader("Location", "https://evil.example/x").build();
        MockResponse broken = new MockResponse.Builder().body("{\"c").onResponseBody(new SocketEffect.CloseSocket()).build();
        MockResponse silent = new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
        return new JudgeColumn(judge)
                .cell(JudgeFault.GATEWAY, "`502`" + AGAIN, folder -> http.answering(ScriptedServer.raw(502, "<html>Bad gateway</html>")))
                .cell(JudgeFault.NO_JSON, "`malformed`" + AGAIN,
                        folder -> http.answering(ScriptedServer.raw(200, "<html>Welcome to the hotel</html>")))
                .cell(JudgeFault.NOTHING, "`malformed`" + AGAIN, folder -> http.answering(ScriptedServer.raw(200, "")))
                .cell(JudgeFault.ENDLESS, "`too_large`, once", folder -> http.answering(ScriptedServer.raw(200, "x".repeat(9 << 20))))
                .cell(JudgeFault.REDIRECT, "`redirect`, once", folder -> http.answering(redirect))
                .cell(JudgeFault.BROKEN, "`io`" + AGAIN, folder -> http.answering(broken))
                .cell(JudgeFault.NOBODY_LISTENS, "`refused`" + AGAIN, folder -> http.at(closed()))
                .cell(JudgeFault.UNKNOWN_NAME, "`dns`" + AGAIN, folder -> http.at("https://judge.invalid"))
                .cell(JudgeFault.UNTRUSTED, "`tls`, once", folder -> untrusted(http))
                .cell(JudgeFault.NO_ANSWER, "`timeout`, twice", folder -> http.hanging(silent));
    }

    /** Says what comes of a fault, in the words of the table. */
    public JudgeColumn cell(JudgeFault fault, String expected, Function<Path, JudgeDouble> made) {
        cells.put(fault, new Cell(expected, made));
        return this;
    }

    /** These cannot happen to this judge, or are another line of the table for it. */
    public JudgeColumn never(JudgeFault... faults) {
        for (JudgeFault fault : faults) {
            cells.put(fault, NEVER);
        }
        return this;
    }

    String judge() {
        return judge;
    }

    Map<JudgeFault, Cell> cells() {
        return cells;
    }

    static boolean happens(Cell cell) {
        return cell != NEVER;
    }

    private static String closed() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JudgeDouble untrusted(HttpJudge http) {
        try {
            HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
            MockWebServer server = new MockWebServer();
            server.useHttps(new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslSocketFactory());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            return new JudgeDouble(http.at("https://127.0.0.1:" + server.getPort()).judge(), server::close);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
