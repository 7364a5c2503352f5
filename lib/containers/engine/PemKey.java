package containers.engine;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in the forms that OpenSSL writes: PKCS#8 ({@code BEGIN PRIVATE KEY}, RFC 5208), PKCS#1 ({@code BEGIN RSA PRIVATE
 * KEY}, RFC 8017) and SEC 1 ({@code BEGIN EC PRIVATE KEY}, RFC 5915). Java reads the first; the others are put into one.
 */
final class PemKey {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([^-]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    /** The parameters of an {@code ECPrivateKey}: its curve. */
    private static final int CURVE = 0xA0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    /** The object identifier 1.2.840.113549.1.1.1, and NULL for its parameters. */
    private static final byte[] RSA = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
    /** The object identifier 1.2.840.10045.2.1; its parameters are the curve. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private PemKey() {}

    /**
     * The first private key of a text; empty when there is none, or when it has a passphrase.
     *
     * @throws GeneralSecurityException when it is there and cannot be read
     */
    static Optional<PrivateKey> in(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return Optional.of(read(switch (block.group(1)) {
                case "RSA " -> pkcs8(RSA, der);
                case "EC " -> pkcs8(joined(EC, curve(der)), der);
                default -> der;
            }));
        } catch (IllegalArgumentException | BufferUnderflowException | NegativeArraySizeException e) {
            throw new InvalidKeySpecException("it is damaged", e);
        }
    }

    private static PrivateKey read(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm.
                continue;
            }
        }
        throw new InvalidKeySpecException("it is no key of " + String.join(", ", ALGORITHMS));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, joined(VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** What {@code ECPrivateKey ::= SEQUENCE { version, privateKey, [0] curve, [1] publicKey }} has in its {@code [0]}. */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        ByteBuffer all = ByteBuffer.wrap(der);
        all.get();
        length(all);
        while (all.hasRemaining()) {
            int tag = all.get() & 0xff;
            byte[] content = new byte[length(all)];
            if (content.length > all.remaining()) {
                break;
            }
            all.get(content);
            if (tag == CURVE) {
                return content;
            }
        }
        throw new InvalidKeySpecException("it does not name its curve");
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = first & 0x7f; i > 0; i--) {
            length = length << 8 | der.get() & 0xff;
        }
        if (length < 0 || length > der.remaining()) {
            throw new IllegalArgumentException("longer than the file");
        }
        return length;
    }

    /** By DER: a short length is one byte; here none is longer than two. */
    private static byte[] element(int tag, byte[] content) {
        int n = content.length;
        byte[] head = n < 0x80 ? new byte[] {(byte) tag, (byte) n}
                : n < 0x100 ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
