// Sends random metrics, spans and log records with OpenTelemetry's SDK for Node:
// node random_signals.js MODULES PROTOCOL ENDPOINT SEED FLUSHES. Every flush is one request of each signal. Prints as JSON what must be seen of it.
const {createRequire} = require('node:module');
const [, , modules, protocol, endpoint, seed, flushes] = process.argv;
const load = createRequire(`${modules}/`);
const kind = {'grpc': 'grpc', 'http/protobuf': 'proto', 'http/json': 'http'}[protocol];
const {AggregationTemporality, AggregationType, MeterProvider, PeriodicExportingMetricReader} = load('@opentelemetry/sdk-metrics');
const delta = process.env.OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE === 'delta';
const exporter = (signal, path) => new (Object.values(load(`@opentelemetry/exporter-${signal}-otlp-${kind}`)).find(e => /Exporter$/.test(e.name || '')))(
  {url: kind === 'grpc' ? endpoint : `${endpoint}/v1/${path}`, temporalityPreference: delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE});
const {trace} = load('@opentelemetry/api');
const {NodeTracerProvider, BatchSpanProcessor} = load('@opentelemetry/sdk-trace-node');
const {LoggerProvider, BatchLogRecordProcessor} = load('@opentelemetry/sdk-logs');
const {resourceFromAttributes} = load('@opentelemetry/resources');

// mulberry32: the same seed sends the same.
let state = Number(seed);
function chance() {
  state = (state + 0x6D2B79F5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = n => Math.floor(chance() * n);
const any = list => list[below(list.length)];
const KEYS = ['k', 'a.dotted.key', 'le', 'job', 'instance', 'quantile'];
const VALUES = ['x', '', 'with "quotes"', 'back\\slash', 'two\nlines', 'grüße 🚀', '1'];
// The page shows up to 40 series of a metric.
const SETS = Array.from({length: 20}, () => Object.fromEntries(Array.from({length: below(3)}, () => [any(KEYS), any(VALUES)])));
const attributes = () => any(SETS);

(async () => {
  const service = `random-node-${protocol.replace('/', '-')}`;
  const resource = resourceFromAttributes({'service.name': service, 'service.instance.id': seed});
  const tracing = new NodeTracerProvider({resource, spanProcessors: [new BatchSpanProcessor(exporter('trace', 'traces'))]});
  const metering = new MeterProvider({resource, views: [{instrumentName: `random.node.${kind}.exponential`, aggregation: {type: AggregationType.EXPONENTIAL_HISTOGRAM}}],
    readers: [new PeriodicExportingMetricReader({exporter: exporter('metrics', 'metrics'), exportIntervalMillis: 3600000})]});
  const logging = new LoggerProvider({resource, processors: [new BatchLogRecordProcessor({exporter: exporter('logs', 'logs')})]});
  const tracer = tracing.getTracer('random-node', '1');
  const meter = metering.getMeter('random-node', '1');
  const logger = logging.getLogger('random-node');
  const instruments = {
    [`random.node.${kind}.counter`]: ['counter', '', meter.createCounter(`random.node.${kind}.counter`)],
    [`random.node.${kind}.traffic`]: ['counter', 'By', meter.createCounter(`random.node.${kind}.traffic`, {unit: 'By'})],
    [`random.node.${kind}.open`]: ['updown', '', meter.createUpDownCounter(`random.node.${kind}.open`)],
    [`random.node.${kind}.latency`]: ['histogram', 's', meter.createHistogram(`random.node.${kind}.latency`, {unit: 's'})],
    [`random.node.${kind}.exponential`]: ['histogram', 's', meter.createHistogram(`random.node.${kind}.exponential`, {unit: 's'})],
    [`random.node.${kind}.level`]: ['gauge', '', meter.createGauge(`random.node.${kind}.level`)]};
  const points = new Map();
  const spans = [];
  const logs = [];
  for (let flush = 0; flush < Number(flushes); flush++) {
    for (let i = below(12) + 1; i > 0; i--) {
      const name = any(Object.keys(instruments));
      const [what, unit, instrument] = instruments[name];
      const about = attributes();
      const key = `${name} ${JSON.stringify(Object.entries(about).sort())}`;
      const point = points.get(key) || {name, kind: what, unit, attributes: about, value: 0, count: 0};
      points.set(key, point);
      if (what === 'counter' || what === 'updown') {
        const value = what === 'counter' ? below(1000) : below(101) - 50;
        instrument.add(value, about);
        point.value += value;
      } else if (what === 'gauge') {
        point.value = chance() * 10 - 5;
        instrument.record(point.value, about);
      } else {
        const value = -Math.log(1 - chance());
        instrument.record(value, about);
        point.value += value;
        point.count++;
      }
    }
    for (let i = below(4) + 1; i > 0; i--) {
      const about = {i: below(2 ** 53) * (chance() < 0.5 ? -1 : 1) || 0, d: chance() * 2e9 - 1e9 + 0.5, b: chance() < 0.5, s: any(VALUES)};
      const last = spans[spans.length - 1];
      const links = last && chance() < 0.3 ? [{context: last.context}] : [];
      const name = `span ${below(10)}`;
      const span = tracer.startSpan(name, {attributes: about, links});
      const events = below(4);
      for (let event = 0; event < events; event++) {
        span.addEvent(`event ${event}`, {n: event});
      }
      span.end();
      const context = span.spanContext();
      spans.push({context, trace: context.traceId, span: context.spanId, name, int: String(about.i), double: about.d, bool: about.b, text: about.s,
        events, links: links.length});
    }
    const body = `record ${flush} ${any(VALUES)}`;
    logger.emit({severityNumber: 9, severityText: 'INFO', body, attributes: {n: flush}});
    logs.push(body);
    await Promise.all([tracing.forceFlush(), metering.forceFlush(), logging.forceFlush()]);
  }
  spans.forEach(span => delete span.context);
  process.stdout.write(JSON.stringify({service, requests: 3 * flushes, spans, logs, points: [...points.values()]}), () => process.exit(0));
})().catch(error => { console.error(error); process.exit(1); });
