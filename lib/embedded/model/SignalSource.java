package embedded.model;

import com.google.protobuf.InvalidProtocolBufferException;
import embedded.Values;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * Who sent something: resource and scope as protobuf, each with the URL of the schema that its names follow, possibly empty.
 *
 * @param service the resource's {@code service.name}
 */
public record SignalSource(byte[] resource, String resourceSchema, String service, byte[] scope, String scopeSchema) {
    /** Of what says nothing of its sender. */
    public static final SignalSource NOBODY = new SignalSource(new byte[0], "", Values.UNKNOWN_SERVICE, new byte[0], "");

    /** A resource, without a scope yet. */
    public static SignalSource of(byte[] resource, String schema) throws InvalidProtocolBufferException {
        return new SignalSource(resource, schema, Values.serviceName(Resource.parseFrom(resource)), new byte[0], "");
    }

    /** The same resource with another scope. */
    public SignalSource with(byte[] newScope, String newScopeSchema) throws InvalidProtocolBufferException {
        InstrumentationScope.parseFrom(newScope);
        return new SignalSource(resource, resourceSchema, service, newScope, newScopeSchema);
    }
}
