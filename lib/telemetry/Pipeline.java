package telemetry;

import agent.RoundEnvironment;
import agent.RunEvent;
import contract.Product;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The SDK, and what makes telemetry of events with it. Used by one thread at a time. */
final class Pipeline {
    private final Sdk sdk;
    private final Outbox outbox;
    private final Redactor redactor;
    private final RunTracer tracer;
    private final RunTelemetry run;
    private final EventClock clock;

    private Pipeline(Sdk sdk, Outbox outbox, Redactor redactor, RunTracer tracer, RunTelemetry run, EventClock clock) {
        this.clock = clock;
        this.sdk = sdk;
        this.outbox = outbox;
        this.redactor = redactor;
        this.tracer = tracer;
        this.run = run;
    }

    /**
     * Sets everything up; zeros of the metrics are on their way when this returns.
     *
     * @throws RuntimeException when a variable cannot be understood; the message says which
     */
    static Pipeline build(Map<String, String> environment, WorkerTelemetry worker, Patience patience) {
        Outbox outbox = new Outbox(TelemetrySpool.of(environment), new Ledger());
        Redactor redactor = Redactor.of(environment);
        Sdk sdk = Sdk.build(environment, outbox, redactor, patience);
        OpenTelemetry api = sdk.api();
        String project = String.valueOf(sdk.resource().getAttribute(Keys.PROJECT_ID));
        Tracer spans = api.getTracerProvider().tracerBuilder(Product.SCOPE)
                .setInstrumentationVersion(Product.VERSION).build();
        Meter metrics = api.getMeterProvider().meterBuilder(Product.SCOPE)
                .setInstrumentationVersion(Product.VERSION).build();
        Logger logs = api.getLogsBridge().loggerBuilder(Product.SCOPE)
                .setInstrumentationVersion(Product.VERSION).build();
        TextMapPropagator propagator = api.getPropagators().getTextMapPropagator();
        Context caller = propagator.extract(Context.root(), environment, EnvironmentCarrier.INSTANCE);

        Optional<Endpoint> endpoint = sdk.endpoint().map(uri -> Endpoint.of(environment, sdk.courier()));
        endpoint.ifPresent(Endpoint::lookAhead);
        EventClock clock = new EventClock();
        Failures failures = new Failures(clock, redactor);
        Content content = Content.of(environment, redactor);
        SpanStack stack = new SpanStack(spans, caller, project, outbox.ledger(), clock, failures);
        RunTracer tracer = new RunTracer(stack, redactor, content, clock, failures);
        WorkerTracer rounds = new WorkerTracer(stack, redactor, content, failures);
        RunMeter meter = new RunMeter(new Instruments(metrics, redactor));
        RunLog log = new RunLog(logs, project, outbox.ledger(), clock);
        meter.zeros();
        // They also tell early whether anybody answers.
        sdk.exportMetrics();
        return new Pipeline(sdk, outbox, redactor, tracer,
                new RunTelemetry(tracer, rounds, meter, log, new ChildEnvironment(propagator, worker, endpoint)), clock);
    }

    void on(RunEvent event) {
        run.on(event);
    }

    /** Of something that happened a while ago. */
    void on(RunEvent event, Instant time) {
        clock.at(time);
        try {
            run.on(event);
        } finally {
            clock.live();
        }
    }

    RoundEnvironment surroundings() {
        return run.surroundings();
    }

    /** The trace of what is open; empty when nothing is, and when it is not sampled. */
    Optional<String> traceId() {
        return Optional.of(Span.fromContext(tracer.context()).getSpanContext())
                .filter(context -> context.isValid() && context.isSampled())
                .map(SpanContext::getTraceId);
    }

    /** Ends what is open. */
    void end() {
        run.close();
    }

    /** Has everything made so far handed over to the courier. */
    void flush() {
        sdk.shutdown();
    }

    Outbox outbox() {
        return outbox;
    }

    Redactor redactor() {
        return redactor;
    }

    Courier courier() {
        return sdk.courier();
    }
}
