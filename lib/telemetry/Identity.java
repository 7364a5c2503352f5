package telemetry;

import contract.Product;
import contract.Variables;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who sends: the resource of the contract. What the user says in {@code OTEL_RESOURCE_ATTRIBUTES} wins over our own
 * variables; {@code OTEL_SERVICE_NAME} wins over both, as the SDK's specification has it.
 */
final class Identity {
    private static final String DEFAULT_PROJECT = "default";
    private static final String DEFAULT_ROLE = "supervisor";
    /** What the SDK says when nobody named the service. */
    private static final String UNKNOWN_SERVICE = "unknown_service";

    private Identity() {}

    /** @param configured what autoconfigure made of the {@code OTEL_*} variables and its own defaults */
    static Resource resource(Map<String, String> environment, Resource configured, Redactor redactor) {
        String owner = chosen(configured, Keys.OWNER, environment, Variables.OWNER_ID, user(environment));
        String project = chosen(configured, Keys.PROJECT_ID, environment, Variables.PROJECT_ID, DEFAULT_PROJECT);
        AttributesBuilder ours = Attributes.builder()
                .put(Keys.OWNER, owner)
                .put(Keys.PROJECT_ID, project)
                .put(Keys.ROLE, chosen(configured, Keys.ROLE, environment, Variables.ROLE, DEFAULT_ROLE))
                .put(Keys.SERVICE_NAMESPACE, chosen(configured, Keys.SERVICE_NAMESPACE, environment,
                        Variables.SERVICE_NAMESPACE, owner + "." + project))
                .put(Keys.SERVICE_VERSION, Product.VERSION)
                .put(Keys.SERVICE_INSTANCE_ID, UUID.randomUUID().toString())
                .put(Keys.PROCESS_PID, ProcessHandle.current().pid());
        Host.name().ifPresent(host -> ours.put(Keys.HOST_NAME, host));
        Resource merged = Resource.create(ours.build()).merge(configured);
        String name = merged.getAttribute(Keys.SERVICE_NAME);
        if (name == null || name.startsWith(UNKNOWN_SERVICE)) {
            merged = merged.merge(Resource.create(Attributes.of(Keys.SERVICE_NAME, Product.SCOPE)));
        }
        return Resource.create(RedactedAttributes.of(merged.getAttributes(), redactor), merged.getSchemaUrl());
    }

    private static String chosen(Resource configured, AttributeKey<String> key,
            Map<String, String> environment, String variable, String fallback) {
        return Optional.ofNullable(configured.getAttribute(key))
                .or(() -> Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank()))
                .orElse(fallback);
    }

    private static String user(Map<String, String> environment) {
        String user = environment.getOrDefault("USER", "");
        return user.isBlank() ? System.getProperty("user.name", "unknown") : user;
    }
}
