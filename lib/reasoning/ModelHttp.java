package reasoning;

import agent.Bounds;
import agent.Interruption;
import contract.Product;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends one request to a model's server and reads one answer. Time and size are limited, and an interruption ends it at once. It does
 * not retry. The key is put into a header and nowhere else; redirects are not followed, because the key would be sent to another
 * server. The proxies come from the environment, see {@link EnvironmentProxies}.
 */
public final class ModelHttp {
    /** Sixty times the largest answer that 65,536 tokens can make. */
    public static final long MAX_ANSWER_BYTES = 8L << 20;

    private static final long MAX_ERROR_BYTES = 64L << 10;
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final OkHttpClient http;
    private final HttpUrl base;
    private final Map<String, String> headers;
    private final NetworkFaults faults;

    /**
     * @param headers of every request, including the one with the key
     * @param environment for the proxies
     */
    public ModelHttp(HttpUrl base, Map<String, String> headers, Duration connectTimeout, Map<String, String> environment,
            NetworkFaults faults) {
        this.base = base;
        this.headers = Map.copyOf(headers);
        this.faults = faults;
        EnvironmentProxies proxies = new EnvironmentProxies(environment);
        this.http = new OkHttpClient.Builder()
                .connectTimeout(connectTimeout)
                // A model may think for minutes before the first byte: only the whole call has a time limit.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                // PA itself counts and reports every request.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(ModelHttp::withoutSilentRetry)
                // No connection is reused: decisions are minutes apart, and a closed connection would be a failed attempt.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .build();
    }

    public String server() {
        return base.host();
    }

    public int port() {
        return base.port();
    }

    /** The fault of an answer of success that is none of this API's. */
    public Fault malformed() {
        return faults.malformed();
    }

    /** @param limit for the whole call, from the DNS lookup to the last byte; the run's own time limit may end it earlier */
    public Reply post(HttpUrl url, byte[] json, Duration limit, Bounds bounds) throws InterruptedException {
        return send(new Request.Builder().url(url).post(RequestBody.create(json, JSON)), limit, bounds);
    }

    public Reply get(HttpUrl url, Duration limit, Bounds bounds) throws InterruptedException {
        return send(new Request.Builder().url(url).get(), limit, bounds);
    }

    @SuppressWarnings("try") // the registration only has to be closed
    private Reply send(Request.Builder request, Duration limit, Bounds bounds) throws InterruptedException {
        Timing.check(bounds);
        request.header("User-Agent", Product.SCOPE + "-java/" + Product.VERSION);
        headers.forEach(request::header);
        Call call = http.newCall(request.build());
        // One millisecond more than the rest, so that a call that the run's deadline ends stops after the deadline.
        call.timeout().timeout(bounds.atMost(limit).toMillis() + 1, TimeUnit.MILLISECONDS);
        try (Interruption.Registration open = bounds.interruption().onRequest(call::cancel);
                Response response = call.execute()) {
            return read(call, response);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the thread was interrupted");
            }
            Timing.check(bounds);
            return faults.of(e, limit);
        }
    }

    /** OkHttp itself repeats a request without a report after a 503 with {@code Retry-After: 0}, so this header is removed. */
    private static Response withoutSilentRetry(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build() : response;
    }

    private Reply read(Call call, Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (!response.isSuccessful()) {
            if (source.request(MAX_ERROR_BYTES)) {
                call.cancel();
            }
            byte[] body = source.getBuffer().readByteArray(Math.min(source.getBuffer().size(), MAX_ERROR_BYTES));
            return faults.of(response.code(), response.headers(), body);
        }
        if (source.request(MAX_ANSWER_BYTES + 1)) {
            call.cancel();
            return faults.tooLarge();
        }
        Map<String, String> names = new TreeMap<>();
        response.headers().forEach(header -> names.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        return new Reply.Answer(source.readByteArray(), names);
    }
}
