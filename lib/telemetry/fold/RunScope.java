package telemetry.fold;

import agent.Beginning;
import agent.TelemetryPlan;
import contract.ContentMode;
import contract.Keys;
import contract.Product;
import contract.SchemaUrls;
import contract.Variables;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a reading needs to know of a run beside its events.
 *
 * @param ids of the run
 * @param traceId the caller's, or one of our own
 * @param caller the span of whoever started the run; invalid when nobody said
 * @param sampled whether spans are made
 * @param roundsBefore rounds of the worker in earlier runs of the session
 * @param conventions which GenAI metrics are made beside ours
 * @param exceptionEvents whether failures stand on spans too, and not in log records alone
 */
public record RunScope(String session, Ids ids, String traceId, SpanContext caller, boolean sampled, int roundsBefore,
        Resource resource, GenAiContent content, Set<Conventions> conventions, boolean exceptionEvents) {
    /** What the SDK says of itself, which every resource carries. */
    private static final String SDK_PREFIX = "telemetry.sdk.";

    public static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.builder(Product.SCOPE)
            .setVersion(Product.VERSION).setSchemaUrl(SchemaUrls.GEN_AI).build();

    /** A generation of the GenAI metrics. */
    enum Conventions { OLD, NEW }

    /**
     * As the journal has it.
     *
     * @param number of the run in its session, from 1
     */
    public static RunScope of(Beginning started, int number, int roundsBefore, Redactor redactor) {
        TelemetryPlan plan = started.telemetry().orElseGet(() -> TelemetryPlan.off(false));
        Ids ids = new Ids(started.session(), number);
        SpanContext caller = caller(plan);
        return new RunScope(started.session(), ids, caller.isValid() ? caller.getTraceId() : ids.trace(), caller,
                started.telemetry().isEmpty() || plan.sampled(), roundsBefore, resource(plan, ids),
                new GenAiContent(ContentMode.of(plan.content()).orElse(ContentMode.NO_CONTENT), redactor),
                conventions(plan.conventions()), !plan.conventions().contains("logs"));
    }

    private static Resource resource(TelemetryPlan plan, Ids ids) {
        AttributesBuilder all = Attributes.builder();
        Resource.getDefault().getAttributes().forEach((key, value) -> {
            if (key.getKey().startsWith(SDK_PREFIX)) {
                all.put(key.getKey(), value.toString());
            }
        });
        all.put(Keys.SERVICE_NAME, Product.SCOPE).put(Keys.SERVICE_INSTANCE_ID, ids.instance());
        plan.resource().forEach((key, value) -> {
            if (key.equals(Keys.PROCESS_PID) && value.matches("\\d{1,18}")) {
                all.put(Keys.PROCESS_PID, Long.parseLong(value));
            } else {
                all.put(key, value);
            }
        });
        return Resource.create(all.build(), SchemaUrls.CORE);
    }

    private static SpanContext caller(TelemetryPlan plan) {
        String parent = plan.caller().get(Variables.TRACEPARENT);
        if (parent == null || !Ids.TRACEPARENT.matcher(parent).matches()) {
            return SpanContext.getInvalid();
        }
        return SpanContext.createFromRemoteParent(parent.substring(3, 35), parent.substring(36, 52),
                TraceFlags.fromHex(parent, 53), state(plan.caller().getOrDefault(Variables.TRACESTATE, "")));
    }

    private static TraceState state(String text) {
        TraceStateBuilder state = TraceState.builder();
        String[] members = text.split(",");
        // The builder puts the newest first, the variable has it first already.
        for (int i = members.length - 1; i >= 0; i--) {
            int equals = members[i].indexOf('=');
            if (equals > 0) {
                state.put(members[i].substring(0, equals).strip(), members[i].substring(equals + 1).strip());
            }
        }
        return state.build();
    }

    private static Set<Conventions> conventions(List<String> words) {
        Set<Conventions> wanted = EnumSet.noneOf(Conventions.class);
        if (words.contains("gen_ai_old") || words.contains("gen_ai_dup")) {
            wanted.add(Conventions.OLD);
        }
        if (words.contains("gen_ai") || words.contains("gen_ai_dup") || words.contains("gen_ai_latest_experimental")) {
            wanted.add(Conventions.NEW);
        }
        return wanted;
    }
}
