"""Checks the GenAI spans of OTLP requests (protobuf, one a file) with pytest-genai-semconv; prints what is wrong, a line each."""
import sys
from types import SimpleNamespace

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.trace import SpanKind
from pytest_genai_semconv import GenAISpanComplianceError, assert_genai_span_compliant

KINDS = {1: SpanKind.INTERNAL, 2: SpanKind.SERVER, 3: SpanKind.CLIENT, 4: SpanKind.PRODUCER, 5: SpanKind.CONSUMER}


def value(v):
    kind = v.WhichOneof("value")
    if kind == "array_value":
        return tuple(value(each) for each in v.array_value.values)
    return getattr(v, kind)


checked = 0
for path in sys.argv[1:]:
    request = ExportTraceServiceRequest()
    with open(path, "rb") as file:
        request.ParseFromString(file.read())
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                attributes = {a.key: value(a.value) for a in span.attributes}
                if scope.scope.name != "agentproxy" or "gen_ai.operation.name" not in attributes:
                    continue
                checked += 1
                try:
                    assert_genai_span_compliant(SimpleNamespace(name=span.name, kind=KINDS[span.kind], attributes=attributes))
                except GenAISpanComplianceError as e:
                    for violation in e.violations:
                        print(f"{span.name}: {violation}")
print(f"checked {checked}", file=sys.stderr)
