package containers;

import java.util.Map;
import java.util.TreeMap;
import services.Catalogue;
import services.GrafanaEnvironment;
import services.Parts;
import services.Service;

/** Our labels on containers, volumes and the network: the only place where the stack keeps its state. */
final class Labels {
    static final String STACK = "dev.agentproxy.stack";
    static final String SERVICE = "dev.agentproxy.service";
    /** One hash over all parts, for people and other programs. */
    static final String HASH = "dev.agentproxy.hash";
    /** Followed by the part's name; the value is its hash. */
    static final String PART = "dev.agentproxy.part.";
    /** What the user chose, so that {@code restart} need not be told again. */
    static final String OPTIONS = "dev.agentproxy.options";

    /** Whether its page asks who you are; for {@link Glance}, which does not read a container's environment. */
    static final String LOGIN = "dev.agentproxy.login";
    /** How long it keeps traces, where it was told. */
    static final String RETENTION = "dev.agentproxy.retention";

    private Labels() {}

    static Map<String, String> of(String stack) {
        return Map.of(STACK, stack);
    }

    static Map<String, String> of(String stack, String service) {
        return Map.of(STACK, stack, SERVICE, service);
    }

    static Map<String, String> of(String stack, Service service, String options) {
        Map<String, String> labels = new TreeMap<>(of(stack, service.name()));
        Map<String, String> parts = Parts.of(service);
        labels.put(HASH, Parts.hash(parts));
        labels.put(OPTIONS, options);
        labels.put(LOGIN, Boolean.toString(GrafanaEnvironment.asksForLogin(service.program().environment())));
        labels.put(RETENTION, service.program().environment().getOrDefault(Catalogue.TEMPO_RETENTION, ""));
        parts.forEach((part, hash) -> labels.put(PART + part, hash));
        return labels;
    }

    static Map<String, String> parts(Map<String, String> labels) {
        Map<String, String> parts = new TreeMap<>();
        labels.forEach((label, value) -> {
            if (label.startsWith(PART)) {
                parts.put(label.substring(PART.length()), value);
            }
        });
        return parts;
    }
}
