"""Sends random metrics, spans and log records with OpenTelemetry's SDK for Python: random_signals.py PROTOCOL ENDPOINT SEED FLUSHES.

Every flush is one request of each signal. Prints as JSON what must be seen of it.
"""
import json
import random
import sys

from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, format_span_id, format_trace_id

protocol, endpoint, seed, flushes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
if protocol == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    settings = [{"endpoint": endpoint, "insecure": True}] * 3
else:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    settings = [{"endpoint": f"{endpoint}/v1/{path}"} for path in ("traces", "metrics", "logs")]

chance = random.Random(seed)
prefix = f"random.python.{'grpc' if protocol == 'grpc' else 'http'}"
service = f"random-python-{protocol.replace('/', '-')}"
resource = Resource.create({"service.name": service, "service.instance.id": str(seed)})
tracing = TracerProvider(resource=resource)
tracing.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(**settings[0])))
reader = PeriodicExportingMetricReader(OTLPMetricExporter(**settings[1]), export_interval_millis=3_600_000)
metering = MeterProvider(resource=resource, metric_readers=[reader],
                         views=[View(instrument_name=f"{prefix}.exponential", aggregation=ExponentialBucketHistogramAggregation())])
logging = LoggerProvider(resource=resource)
logging.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(**settings[2])))
tracer = tracing.get_tracer("random-python", "1")
meter = metering.get_meter("random-python", "1")
logger = logging.get_logger("random-python")

KEYS = ["k", "a.dotted.key", "le", "job", "instance", "quantile"]
VALUES = ["x", "", "with \"quotes\"", "back\\slash", "two\nlines", "grüße 🚀", "1"]


# The page shows up to 40 series of a metric.
SETS = [{key: chance.choice(VALUES) for key in chance.sample(KEYS, chance.randint(0, 2))} for _ in range(20)]


def attributes():
    return chance.choice(SETS)


instruments = {
    f"{prefix}.counter": ("counter", "", meter.create_counter(f"{prefix}.counter")),
    f"{prefix}.traffic": ("counter", "By", meter.create_counter(f"{prefix}.traffic", unit="By")),
    f"{prefix}.open": ("updown", "", meter.create_up_down_counter(f"{prefix}.open")),
    f"{prefix}.latency": ("histogram", "s", meter.create_histogram(f"{prefix}.latency", unit="s")),
    f"{prefix}.exponential": ("histogram", "s", meter.create_histogram(f"{prefix}.exponential", unit="s")),
    f"{prefix}.level": ("gauge", "", meter.create_gauge(f"{prefix}.level")),
}
points, spans, logs = {}, [], []


def measure():
    name = chance.choice(list(instruments))
    kind, _, instrument = instruments[name]
    about = attributes()
    key = (name, json.dumps(about, sort_keys=True))
    point = points.setdefault(key, {"name": name, "attributes": about, "value": 0, "count": 0})
    if kind == "counter":
        value = chance.randint(0, 1_000)
        instrument.add(value, about)
        point["value"] += value
    elif kind == "updown":
        value = chance.randint(-50, 50)
        instrument.add(value, about)
        point["value"] += value
    elif kind == "gauge":
        value = chance.uniform(-5, 5)
        instrument.set(value, about)
        point["value"] = value
    else:
        value = chance.expovariate(1)
        instrument.record(value, about)
        point["value"] += value
        point["count"] += 1


for flush in range(flushes):
    for _ in range(chance.randint(1, 12)):
        measure()
    for _ in range(chance.randint(1, 4)):
        about = {"i": chance.randint(-(1 << 63), (1 << 63) - 1), "d": chance.uniform(-1e9, 1e9), "b": chance.random() < 0.5,
                 "s": chance.choice(VALUES)}
        links = [Link(tracing_context) for tracing_context in ([spans[-1]["context"]] if spans and chance.random() < 0.3 else [])]
        with tracer.start_as_current_span(f"span {chance.randint(0, 9)}", attributes=about, links=links) as span:
            events = chance.randint(0, 3)
            for event in range(events):
                span.add_event(f"event {event}", {"n": event})
        context = span.get_span_context()
        spans.append({"context": context, "trace": format_trace_id(context.trace_id), "span": format_span_id(context.span_id),
                      "name": span.name, "int": str(about["i"]), "double": about["d"], "bool": about["b"], "text": about["s"],
                      "events": events, "links": len(links)})
    body = f"record {flush} {chance.choice(VALUES)}"
    logger.emit(LogRecord(timestamp=None, observed_timestamp=None, severity_number=SeverityNumber.INFO, severity_text="INFO", body=body,
                          attributes={"n": flush}))
    logs.append(body)
    assert tracing.force_flush() and metering.force_flush() and logging.force_flush()
tracing.shutdown()
logging.shutdown()
for span in spans:
    del span["context"]
print(json.dumps({"service": service, "requests": 3 * flushes, "spans": spans, "logs": logs, "points": [
    {**point, "kind": instruments[point["name"]][0], "unit": instruments[point["name"]][1]} for point in points.values()]}))
# The last value of a gauge must not be sent again after it was compared.
import os
sys.stdout.flush()
os._exit(0)
