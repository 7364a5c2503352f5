package doctor;

import contract.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a sender of OTLP trusts: the authorities in the file that {@code OTEL_EXPORTER_OTLP_CERTIFICATE} names, else those of
 * the JVM.
 *
 * @param problem why that file cannot be used; the context is the JVM's then
 */
record Trust(SSLContext context, Optional<String> problem) {
    static Trust ofOtlp(Map<String, String> environment) throws GeneralSecurityException {
        String file = environment.getOrDefault(Variables.OTLP_CERTIFICATE, "").strip();
        if (file.isEmpty()) {
            return new Trust(SSLContext.getDefault(), Optional.empty());
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.setCertificateEntry("ca" + authorities.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return new Trust(context, authorities.size() > 0 ? Optional.empty() : Optional.of(Variables.OTLP_CERTIFICATE
                    + " names " + file + ", which has no certificate in it"));
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            return new Trust(SSLContext.getDefault(), Optional.of(Variables.OTLP_CERTIFICATE + " names " + file
                    + ", which cannot be read as certificates: " + e));
        }
    }
}
