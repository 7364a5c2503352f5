// Sends random metrics, spans and log records with OpenTelemetry's SDK for Go: go run . PROTOCOL HOST:PORT SEED FLUSHES.
// Every flush is one request of each signal. Prints as JSON what must be seen of it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

type point struct {
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	Unit       string            `json:"unit"`
	Attributes map[string]string `json:"attributes"`
	Value      float64           `json:"value"`
	Count      int               `json:"count"`
}

type span struct {
	Trace   string  `json:"trace"`
	Span    string  `json:"span"`
	Name    string  `json:"name"`
	Int     string  `json:"int"`
	Double  float64 `json:"double"`
	Bool    bool    `json:"bool"`
	Text    string  `json:"text"`
	Events  int     `json:"events"`
	Links   int     `json:"links"`
	context trace.SpanContext
}

var keys = []string{"k", "a.dotted.key", "le", "job", "instance", "quantile"}
var values = []string{"x", "", "with \"quotes\"", "back\\slash", "two\nlines", "grüße 🚀", "1"}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	protocol, endpoint := os.Args[1], os.Args[2]
	seed, flushes := must(strconv.ParseInt(os.Args[3], 10, 64)), must(strconv.Atoi(os.Args[4]))
	chance := rand.New(rand.NewSource(seed))
	ctx := context.Background()
	short := "http"
	var spanExporter sdktrace.SpanExporter
	var metricExporter sdkmetric.Exporter
	var logExporter sdklog.Exporter
	temporality := sdkmetric.DefaultTemporalitySelector
	if os.Getenv("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE") == "delta" {
		temporality = sdkmetric.DeltaTemporalitySelector
	}
	if protocol == "grpc" {
		short = "grpc"
		spanExporter = must(otlptrace.New(ctx, otlptracegrpc.NewClient(otlptracegrpc.WithEndpoint(endpoint), otlptracegrpc.WithInsecure())))
		metricExporter = must(otlpmetricgrpc.New(ctx, otlpmetricgrpc.WithEndpoint(endpoint), otlpmetricgrpc.WithInsecure(), otlpmetricgrpc.WithTemporalitySelector(temporality)))
		logExporter = must(otlploggrpc.New(ctx, otlploggrpc.WithEndpoint(endpoint), otlploggrpc.WithInsecure()))
	} else {
		spanExporter = must(otlptrace.New(ctx, otlptracehttp.NewClient(otlptracehttp.WithEndpoint(endpoint), otlptracehttp.WithInsecure())))
		metricExporter = must(otlpmetrichttp.New(ctx, otlpmetrichttp.WithEndpoint(endpoint), otlpmetrichttp.WithInsecure(), otlpmetrichttp.WithTemporalitySelector(temporality)))
		logExporter = must(otlploghttp.New(ctx, otlploghttp.WithEndpoint(endpoint), otlploghttp.WithInsecure()))
	}
	prefix := "random.go." + short
	service := "random-go-" + strings.ReplaceAll(protocol, "/", "-")
	about := resource.NewSchemaless(attribute.String("service.name", service), attribute.String("service.instance.id", os.Args[3]))
	tracing := sdktrace.NewTracerProvider(sdktrace.WithResource(about), sdktrace.WithBatcher(spanExporter))
	metering := sdkmetric.NewMeterProvider(sdkmetric.WithResource(about),
		sdkmetric.WithReader(sdkmetric.NewPeriodicReader(metricExporter, sdkmetric.WithInterval(1<<40))),
		sdkmetric.WithView(sdkmetric.NewView(sdkmetric.Instrument{Name: prefix + ".exponential"},
			sdkmetric.Stream{Aggregation: sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 20}})))
	logging := sdklog.NewLoggerProvider(sdklog.WithResource(about), sdklog.WithProcessor(sdklog.NewBatchProcessor(logExporter)))
	tracer, meter, logger := tracing.Tracer("random-go"), metering.Meter("random-go"), logging.Logger("random-go")

	var sets []map[string]string
	for i := 0; i < 20; i++ {
		set := map[string]string{}
		for j := chance.Intn(3); j > 0; j-- {
			set[keys[chance.Intn(len(keys))]] = values[chance.Intn(len(values))]
		}
		sets = append(sets, set)
	}
	counter := must(meter.Int64Counter(prefix + ".counter"))
	bytes := must(meter.Int64Counter(prefix+".traffic", metric.WithUnit("By")))
	open := must(meter.Int64UpDownCounter(prefix + ".open"))
	latency := must(meter.Float64Histogram(prefix+".latency", metric.WithUnit("s")))
	exponential := must(meter.Float64Histogram(prefix+".exponential", metric.WithUnit("s")))
	level := must(meter.Float64Gauge(prefix + ".level"))
	points := map[string]*point{}
	var spans []*span
	var logs []string
	for flush := 0; flush < flushes; flush++ {
		for i := chance.Intn(12) + 1; i > 0; i-- {
			set := sets[chance.Intn(len(sets))]
			var attributes []attribute.KeyValue
			for key, value := range set {
				attributes = append(attributes, attribute.String(key, value))
			}
			with := metric.WithAttributes(attributes...)
			name, kind, unit := []string{"counter", "traffic", "open", "latency", "exponential", "level"}[chance.Intn(6)], "", ""
			whole, fraction := int64(chance.Intn(1000)), chance.ExpFloat64()
			value := float64(whole)
			switch name {
			case "counter":
				kind = "counter"
				counter.Add(ctx, whole, with)
			case "traffic":
				kind, unit = "counter", "By"
				bytes.Add(ctx, whole, with)
			case "open":
				kind, value = "updown", float64(whole-500)
				open.Add(ctx, whole-500, with)
			case "latency":
				kind, unit, value = "histogram", "s", fraction
				latency.Record(ctx, fraction, with)
			case "exponential":
				kind, unit, value = "histogram", "s", fraction
				exponential.Record(ctx, fraction, with)
			default:
				kind, value = "gauge", fraction-1
				level.Record(ctx, value, with)
			}
			id := name + string(must(json.Marshal(set)))
			p := points[id]
			if p == nil {
				p = &point{Name: prefix + "." + name, Kind: kind, Unit: unit, Attributes: set}
				points[id] = p
			}
			if kind == "gauge" {
				p.Value = value
			} else {
				p.Value += value
			}
			p.Count++
		}
		for i := chance.Intn(4) + 1; i > 0; i-- {
			s := &span{Name: fmt.Sprintf("span %d", chance.Intn(10)), Double: chance.NormFloat64() * 1e9, Bool: chance.Intn(2) == 0,
				Text: values[chance.Intn(len(values))], Events: chance.Intn(4)}
			number := int64(chance.Uint64())
			s.Int = strconv.FormatInt(number, 10)
			options := []trace.SpanStartOption{trace.WithAttributes(attribute.Int64("i", number), attribute.Float64("d", s.Double),
				attribute.Bool("b", s.Bool), attribute.String("s", s.Text))}
			if len(spans) > 0 && chance.Intn(3) == 0 {
				s.Links = 1
				options = append(options, trace.WithLinks(trace.Link{SpanContext: spans[len(spans)-1].context}))
			}
			_, started := tracer.Start(ctx, s.Name, options...)
			for event := 0; event < s.Events; event++ {
				started.AddEvent(fmt.Sprintf("event %d", event), trace.WithAttributes(attribute.Int("n", event)))
			}
			started.End()
			s.context = started.SpanContext()
			s.Trace, s.Span = s.context.TraceID().String(), s.context.SpanID().String()
			spans = append(spans, s)
		}
		body := fmt.Sprintf("record %d %s", flush, values[chance.Intn(len(values))])
		var record log.Record
		record.SetSeverity(log.SeverityInfo)
		record.SetSeverityText("INFO")
		record.SetBody(attribute.StringValue(body))
		logger.Emit(ctx, record)
		logs = append(logs, body)
		for _, err := range []error{tracing.ForceFlush(ctx), metering.ForceFlush(ctx), logging.ForceFlush(ctx)} {
			must(0, err)
		}
	}
	all := []*point{}
	for _, p := range points {
		all = append(all, p)
	}
	fmt.Println(string(must(json.Marshal(map[string]any{"service": service, "requests": 3 * flushes, "spans": spans, "logs": logs, "points": all}))))
}
