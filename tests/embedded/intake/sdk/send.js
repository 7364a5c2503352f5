// Sends a trace, metrics and a log record with OpenTelemetry's SDK for Node: node send.js MODULES PROTOCOL ENDPOINT.
// PROTOCOL is grpc, http/protobuf or http/json. Prints the trace id.
const {createRequire} = require('node:module');
const [, , modules, protocol, endpoint] = process.argv;
const load = createRequire(`${modules}/`);
const kind = {'grpc': 'grpc', 'http/protobuf': 'proto', 'http/json': 'http'}[protocol];
const exporter = (signal, path) => new (Object.values(load(`@opentelemetry/exporter-${signal}-otlp-${kind}`)).find(e => /Exporter$/.test(e.name || '')))(
  {url: kind === 'grpc' ? endpoint : `${endpoint}/v1/${path}`, compression: kind === 'proto' ? 'gzip' : 'none'});
const {trace, context, SpanStatusCode} = load('@opentelemetry/api');
const {logs} = load('@opentelemetry/api-logs');
const {NodeTracerProvider, BatchSpanProcessor} = load('@opentelemetry/sdk-trace-node');
const {MeterProvider, PeriodicExportingMetricReader} = load('@opentelemetry/sdk-metrics');
const {LoggerProvider, SimpleLogRecordProcessor} = load('@opentelemetry/sdk-logs');
const {resourceFromAttributes} = load('@opentelemetry/resources');

(async () => {
  const resource = resourceFromAttributes({'service.name': `node-${kind}`, 'service.instance.id': 'n-1'});
  const tracing = new NodeTracerProvider({resource, spanProcessors: [new BatchSpanProcessor(exporter('trace', 'traces'))]});
  tracing.register();
  const metering = new MeterProvider({resource, readers: [new PeriodicExportingMetricReader({exporter: exporter('metrics', 'metrics'), exportIntervalMillis: 60000})]});
  const logging = new LoggerProvider({resource, processors: [new SimpleLogRecordProcessor({exporter: exporter('logs', 'logs')})]});
  const tracer = tracing.getTracer('node-test', '1.2.3');
  const meter = metering.getMeter('node-test');
  const parent = tracer.startSpan('outer of node', {attributes: {'a.list': [1, 2, 3], 'a.text': 'grüße 🚀'}});
  context.with(trace.setSpan(context.active(), parent), () => {
    const child = tracer.startSpan('inner of node');
    child.recordException(new Error('broken on purpose'));
    child.setStatus({code: SpanStatusCode.ERROR, message: 'broken'});
    child.end();
    logging.getLogger('node-test').emit({severityNumber: 13, severityText: 'WARN', body: 'a word from node', attributes: {from: kind}, context: context.active()});
    const counter = meter.createCounter(`node.${kind}.jobs`);
    counter.add(3, {queue: 'a'});
    counter.add(4, {queue: 'a'});
    meter.createHistogram(`node.${kind}.latency`, {unit: 's'}).record(0.25);
    meter.createUpDownCounter(`node.${kind}.open`).add(2);
  });
  parent.end();
  await tracing.shutdown();
  await metering.shutdown();
  await logging.shutdown();
  console.log(parent.spanContext().traceId);
})().catch(error => { console.error(error); process.exit(1); });
