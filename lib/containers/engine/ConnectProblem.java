package containers.engine;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why the connection to an engine fails, for the user.
 *
 * @param hint what to do about it; empty for the general advice
 */
record ConnectProblem(String text, String hint) {
    private static final String CERTIFICATES = "DOCKER_CERT_PATH=FOLDER, with ca.pem, cert.pem and key.pem";

    static ConnectProblem of(EngineAddresses.Candidate candidate, Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if ("unix".equals(candidate.address().getScheme()) && text.contains("ermission denied")) {
            return SocketAccess.denied(Path.of(candidate.address().getPath()));
        }
        Optional<String> folder = candidate.tls().map(tls -> tls.folder().toString());
        if (root instanceof CertificateExpiredException) {
            return new ConnectProblem("its certificate has expired (" + text + ")", "renew the certificate, or check the clock");
        }
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return new ConnectProblem("its certificate was not signed by " + folder.orElse("") + "/" + TlsMaterial.AUTHORITY,
                    "get the right ca.pem from the engine's operator");
        }
        // Who refuses a certificate may just hang up, and the alert that says so is then lost.
        if (root instanceof SSLException && text.contains("fatal alert")
                || candidate.tls().isPresent() && hungUp(root, text)) {
            return new ConnectProblem((candidate.tls().filter(TlsMaterial::showsCertificate).isPresent()
                    ? "it refuses the client certificate " + folder.orElse("") + "/" + TlsMaterial.CERTIFICATE
                    : "it requires a client certificate, and there is no cert.pem in " + folder.orElse(""))
                    + " (" + text + ")", "get cert.pem and key.pem from the engine's operator");
        }
        if (root instanceof SSLException && text.contains("SSL message")) {
            return new ConnectProblem("it does not speak TLS there", "unset DOCKER_TLS_VERIFY, or use its port with TLS");
        }
        if (text.contains("subject alternative") || text.contains("No name matching")) {
            return new ConnectProblem(text, "use a host name that is in its certificate");
        }
        if (root instanceof UnknownHostException) {
            return new ConnectProblem("unknown host " + candidate.address().getHost(), "");
        }
        if (root instanceof SocketTimeoutException) {
            return new ConnectProblem("no answer in time", "");
        }
        return new ConnectProblem(text.startsWith("java.") ? text.substring(text.indexOf(' ') + 1) : text, "");
    }

    /** Not a connection that could not be made at all: no route, refused, nobody there. */
    private static boolean hungUp(Throwable root, String text) {
        return root instanceof IOException && (text.contains("onnection reset") || text.contains("roken pipe"));
    }

    /** Something answers, but not as an engine does. */
    static ConnectProblem answered(int status, String body) {
        if (body.contains("HTTPS server")) {
            return new ConnectProblem("it speaks TLS only", "export DOCKER_TLS_VERIFY=1 and " + CERTIFICATES);
        }
        return new ConnectProblem("answers HTTP " + status + ", so it is not an engine", "");
    }
}
