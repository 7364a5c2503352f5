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
 * Sends one request to a model's server and reads one answer, bounded in time and size, and ended at once by an interruption.
 * Knows no retry. The key goes into a header and nowhere else; redirects are not followed, for the key would go along. Proxies
 * are those of the environment, see {@link EnvironmentProxies}.
 */
public final class ModelHttp {
    /** Sixty times the largest answer that 65,536 tokens can make. */
    public static final long MAX_ANSWER_BYTES = 8L << 20;

    private static final long MAX_ERROR_BYTES = 64L << 10;
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final OkHttpClient http;
    private final HttpUrl base;
    private final Map<String, String> headers;
    private final HttpFaults faults;

    /**
     * @param headers of every request, the key's among them
     * @param environment for the proxies
     */
    public ModelHttp(HttpUrl base, Map<String, String> headers, Duration connectTimeout, Map<String, String> environment,
            HttpFaults faults) {
        this.base = base;
        this.headers = Map.copyOf(headers);
        this.faults = faults;
        EnvironmentProxies proxies = new EnvironmentProxies(environment);
        this.http = new OkHttpClient.Builder()
                .connectTimeout(connectTimeout)
                // A model may think for minutes before it says a byte: only the whole call is timed.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                // Every request is ours to count and to report.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(ModelHttp::withoutSilentRetry)
                // No connection outlives its call: decisions are minutes apart, and a stale one would be a failed attempt.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .build();
    }

    public String server() {
        return base.host();
    }

    public int port() {
        return base.port();
    }

    /** @param limit the whole call, from the name's lookup to the last byte; the run's own time limit may be nearer */
    public Reply post(HttpUrl url, byte[] json, Duration limit, Bounds bounds) throws InterruptedException {
        return send(new Request.Builder().url(url).post(RequestBody.create(json, JSON)), limit, bounds);
    }

    public Reply get(HttpUrl url, Duration limit, Bounds bounds) throws InterruptedException {
        return send(new Request.Builder().url(url).get(), limit, bounds);
    }

    @SuppressWarnings("try") // the registration is only there to be closed
    private Reply send(Request.Builder request, Duration limit, Bounds bounds) throws InterruptedException {
        Timing.check(bounds);
        request.header("User-Agent", Product.SCOPE + "-java/" + Product.VERSION);
        headers.forEach(request::header);
        Call call = http.newCall(request.build());
        // One more than what is left, so that a call that ends by the run's deadline ends after it.
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

    /** OkHttp itself sends a request again, unseen, when a 503 says {@code Retry-After: 0}; to us that says nothing. */
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
