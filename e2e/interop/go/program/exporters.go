package main

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/log/global"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

type exporters struct {
	spans   sdktrace.SpanExporter
	logs    sdklog.Exporter
	metrics sdkmetric.Exporter
}

// setUp registers the three providers; what it returns exports what they still hold.
func setUp(ctx context.Context, protocol string) (func(context.Context) error, error) {
	made, err := makeExporters(ctx, protocol)
	if err != nil {
		return nil, err
	}
	tracers := sdktrace.NewTracerProvider(sdktrace.WithBatcher(made.spans))
	loggers := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(made.logs)))
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewPeriodicReader(made.metrics)))
	otel.SetTracerProvider(tracers)
	global.SetLoggerProvider(loggers)
	otel.SetMeterProvider(meters)
	return func(ctx context.Context) error {
		return errors.Join(tracers.Shutdown(ctx), loggers.Shutdown(ctx), meters.Shutdown(ctx))
	}, nil
}

func makeExporters(ctx context.Context, protocol string) (made exporters, err error) {
	var errs [3]error
	switch protocol {
	case "grpc":
		made.spans, errs[0] = otlptracegrpc.New(ctx)
		made.logs, errs[1] = otlploggrpc.New(ctx)
		made.metrics, errs[2] = otlpmetricgrpc.New(ctx)
	case "http":
		made.spans, errs[0] = otlptracehttp.New(ctx)
		made.logs, errs[1] = otlploghttp.New(ctx)
		made.metrics, errs[2] = otlpmetrichttp.New(ctx)
	default:
		return made, fmt.Errorf("no such protocol: %s", protocol)
	}
	return made, errors.Join(errs[:]...)
}
