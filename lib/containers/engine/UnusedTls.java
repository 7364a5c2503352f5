package containers.engine;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context of TLS for connections that never use it. Without a context docker-java's client makes the JVM's own, which reads every
 * certificate of the machine and takes a tenth of a second. Whoever used this one would get an error and no connection.
 */
final class UnusedTls extends SSLContextSpi {
    private UnusedTls() {}

    static SSLContext context() {
        return new SSLContext(new UnusedTls(), null, "none") {};
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("a Unix socket is not spoken to with TLS");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) throws KeyManagementException {
        throw new KeyManagementException(unused());
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw unused();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw unused();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw unused();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw unused();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw unused();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw unused();
    }
}
