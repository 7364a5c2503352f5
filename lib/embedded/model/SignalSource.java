package embedded.model;

/**
 * Who sent something: resource and scope as protobuf, each with the URL of the schema that its names follow, possibly empty.
 *
 * @param service the resource's {@code service.name}
 */
public record SignalSource(byte[] resource, String resourceSchema, String service, byte[] scope, String scopeSchema) {
    /** The same resource with another scope. */
    public SignalSource with(byte[] newScope, String newScopeSchema) {
        return new SignalSource(resource, resourceSchema, service, newScope, newScopeSchema);
    }
}
