"""Sends a trace, metrics and a log record with OpenTelemetry's SDK for Python: send.py PROTOCOL ENDPOINT.

PROTOCOL is grpc or http/protobuf. Prints the trace id.
"""
import logging
import sys

from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode, format_trace_id

protocol, endpoint = sys.argv[1:]
if protocol == "grpc":
    kind = "grpc"
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    settings = [{"endpoint": endpoint, "insecure": True}] * 3
else:
    kind = "proto"
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    settings = [{"endpoint": f"{endpoint}/v1/{path}"} for path in ("traces", "metrics", "logs")]

resource = Resource.create({"service.name": f"python-{kind}", "service.instance.id": "p-1"})
tracing = TracerProvider(resource=resource)
tracing.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(**settings[0])))
metering = MeterProvider(resource=resource, metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter(**settings[1]))])
logs = LoggerProvider(resource=resource)
logs.add_log_record_processor(SimpleLogRecordProcessor(OTLPLogExporter(**settings[2])))
logger = logging.getLogger("python-test")
logger.addHandler(LoggingHandler(logger_provider=logs))

tracer = tracing.get_tracer("python-test", "1.2.3")
meter = metering.get_meter("python-test")
with tracer.start_as_current_span("outer of python", attributes={"a.list": [1, 2, 3], "a.text": "grüße 🚀"}) as outer:
    with tracer.start_as_current_span("inner of python") as inner:
        inner.record_exception(ValueError("broken on purpose"))
        inner.set_status(Status(StatusCode.ERROR, "broken"))
        logger.warning("a word from python")
    counter = meter.create_counter(f"python.{kind}.jobs")
    counter.add(3, {"queue": "a"})
    counter.add(4, {"queue": "a"})
    meter.create_histogram(f"python.{kind}.latency", unit="s").record(0.25)
    meter.create_up_down_counter(f"python.{kind}.open").add(2)
tracing.shutdown()
metering.shutdown()
logs.shutdown()
print(format_trace_id(outer.get_span_context().trace_id))
