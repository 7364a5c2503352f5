package containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in every form in which OpenSSL, of any age, writes them; each must sign what its certificate verifies. */
class PemKeyTest {
    @TempDir Path folder;

    private Certificates openssl;
    private Path key;

    @BeforeEach
    void authority() throws Exception {
        openssl = Certificates.authority(folder);
        key = folder.resolve("key.pem");
    }

    private PublicKey publicKey() throws Exception {
        openssl.openssl("req", "-x509", "-new", "-key", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=a");
        return CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(folder.resolve("cert.pem")))
                .getPublicKey();
    }

    private void assertPair(PublicKey publicKey) throws Exception {
        PrivateKey found = PemKey.in(Files.readString(key)).orElseThrow();
        String algorithm = found.getAlgorithm().equals("RSA") ? "SHA256withRSA" : found.getAlgorithm().equals("EC")
                ? "SHA256withECDSA" : "EdDSA";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(found);
        signing.update(new byte[] {1, 2, 3});
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(publicKey);
        verifying.update(new byte[] {1, 2, 3});
        assertTrue(verifying.verify(signing.sign()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA:rsa_keygen_bits:1024", "RSA:rsa_keygen_bits:4096", "EC:ec_paramgen_curve:P-256",
        "EC:ec_paramgen_curve:P-384", "EC:ec_paramgen_curve:P-521", "ED25519:"})
    void aNewKeyIsRead(String kind) throws Exception {
        generate(kind);
        assertTrue(Files.readString(key).startsWith("-----BEGIN PRIVATE KEY-----"));
        assertPair(publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA:rsa_keygen_bits:1024", "RSA:rsa_keygen_bits:2048", "RSA:rsa_keygen_bits:4096",
        "EC:ec_paramgen_curve:P-256", "EC:ec_paramgen_curve:P-521"})
    void aKeyInTheFormOfOlderVersionsIsRead(String kind) throws Exception {
        generate(kind);
        PublicKey publicKey = publicKey();
        openssl.rewriteKey(key, kind.startsWith("RSA") ? new String[] {"rsa", "-traditional"} : new String[] {"ec"});
        assertTrue(Files.readString(key).contains("-----BEGIN " + kind.split(":", 2)[0] + " PRIVATE KEY-----"));
        assertPair(publicKey);
    }

    @Test
    void theParametersOfACurveBeforeTheKeyArePassedOver() throws Exception {
        openssl.openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "key.pem");
        assertTrue(Files.readString(key).startsWith("-----BEGIN EC PARAMETERS-----"));
        assertPair(publicKey());
    }

    @Test
    void oneWithAPassphraseIsNone() throws Exception {
        generate("RSA:rsa_keygen_bits:1024");
        openssl.rewriteKey(key, "rsa", "-traditional", "-aes128", "-passout", "pass:secret");
        assertEquals(Optional.empty(), PemKey.in(Files.readString(key)));
        generate("RSA:rsa_keygen_bits:1024");
        openssl.rewriteKey(key, "pkcs8", "-topk8", "-passout", "pass:secret");
        assertEquals(Optional.empty(), PemKey.in(Files.readString(key)));
        assertEquals(Optional.empty(), PemKey.in(""));
    }

    @Test
    void aDamagedOneSaysSo() {
        for (String kind : List.of("", "RSA ", "EC ")) {
            for (String body : List.of("AAAA", "MIIB", "MP8A", "MIT/////", "%%%", "A", "\n")) {
                String pem = "-----BEGIN " + kind + "PRIVATE KEY-----" + body + "-----END " + kind + "PRIVATE KEY-----";
                assertThrows(GeneralSecurityException.class, () -> PemKey.in(pem), pem);
            }
        }
    }

    private void generate(String kind) throws Exception {
        String[] words = kind.split(":", 2);
        List<String> arguments = new java.util.ArrayList<>(List.of("genpkey", "-algorithm", words[0], "-out", "key.pem"));
        if (!words[1].isEmpty()) {
            arguments.addAll(List.of("-pkeyopt", words[1]));
        }
        openssl.openssl(arguments.toArray(String[]::new));
    }
}
