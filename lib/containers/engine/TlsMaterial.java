package containers.engine;

import com.github.dockerjava.transport.SSLConfig;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates to speak TLS with, as Docker keeps them in a folder: {@code ca.pem} has signed the engine's certificate,
 * {@code cert.pem} and {@code key.pem} are ours. docker-java's own reader goes on without TLS when one of them is missing;
 * this one says which.
 */
final class TlsMaterial implements SSLConfig {
    static final String AUTHORITY = "ca.pem";
    static final String CERTIFICATE = "cert.pem";
    static final String KEY = "key.pem";
    /** Protects a key store that is never written down. */
    private static final char[] IN_MEMORY = {};

    private final Path folder;
    private final SSLContext context;

    private TlsMaterial(Path folder, SSLContext context) {
        this.folder = folder;
        this.context = context;
    }

    /**
     * Reads them all.
     *
     * @param authorityNeeded false: without {@code ca.pem} whoever the JVM trusts is trusted
     * @throws Failure with {@link ExitCode#NO_ENGINE}, naming the file that is missing or wrong
     */
    static TlsMaterial in(Path folder, boolean authorityNeeded) {
        if (!Files.isDirectory(folder)) {
            throw wrong("the folder of certificates " + folder + " does not exist", null);
        }
        boolean authority = Files.exists(folder.resolve(AUTHORITY));
        boolean certificate = Files.exists(folder.resolve(CERTIFICATE));
        boolean key = Files.exists(folder.resolve(KEY));
        if (authorityNeeded && !authority) {
            throw wrong(folder.resolve(AUTHORITY) + " does not exist, so no certificate can be trusted", null);
        }
        if (certificate != key) {
            throw wrong(folder.resolve(certificate ? KEY : CERTIFICATE) + " does not exist, but "
                    + (certificate ? CERTIFICATE : KEY) + " is: the engine needs both", null);
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(certificate ? keys(folder) : null, authority ? trust(folder) : null, null);
            return new TlsMaterial(folder, context);
        } catch (GeneralSecurityException e) {
            throw wrong("the certificates in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public SSLContext getSSLContext() {
        return context;
    }

    /** Whether there is a certificate of ours to show. */
    boolean showsCertificate() {
        return Files.exists(folder.resolve(CERTIFICATE));
    }

    Path folder() {
        return folder;
    }

    private static KeyManager[] keys(Path folder) throws GeneralSecurityException {
        Collection<? extends Certificate> chain = certificates(folder.resolve(CERTIFICATE));
        KeyStore store = empty();
        store.setKeyEntry("client", key(folder.resolve(KEY)), IN_MEMORY, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Path folder) throws GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(folder.resolve(AUTHORITY))) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (found.isEmpty()) {
                throw wrong(file + " contains no certificate", null);
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file + " cannot be read as a certificate: " + e.getMessage(), e);
        }
    }

    /** In any of the forms that OpenSSL writes; without a passphrase, as Docker wants it. */
    private static PrivateKey key(Path file) {
        try {
            return PemKey.in(Files.readString(file)).orElseThrow(
                    () -> wrong(file + " contains no readable private key (it may have a passphrase)", null));
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file + " cannot be read as a private key: " + e.getMessage(), e);
        }
    }

    private static Failure wrong(String what, Throwable cause) {
        return new Failure(what, "put Docker's ca.pem, cert.pem and key.pem there; or use --engine embedded",
                ExitCode.NO_ENGINE, cause);
    }
}
