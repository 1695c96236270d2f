// Command stockroom is a small instrumented program: an HTTP server and its client in one process, with spans, an exception, metrics, and logs through slog. It knows its
// exporter by one argument (grpc or http) and the address by the standard OTEL_* variables, and prints the id of the trace that it has exported.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var (
	logger = slog.New(otelslog.NewHandler("stockroom", otelslog.WithSource(true)))
	tracer = otel.Tracer("stockroom", trace.WithInstrumentationVersion("2.4.0"))
)

func main() {
	shutdown, err := setUp(context.Background(), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	otel.SetTextMapPropagator(propagation.TraceContext{})
	traceID := askForStock(os.Args[2])
	// Go's exporters take a warning in a partial success for an error: worth a line, not the program.
	if err := shutdown(context.Background()); err != nil {
		log.Println(err)
	}
	fmt.Println("exported", traceID)
}

// askForStock asks the server for an item that is there, for one that is not, and a port where nothing listens.
func askForStock(closedURL string) trace.TraceID {
	server := httptest.NewServer(otelhttp.NewHandler(http.HandlerFunc(serve), "GET /stock", otelhttp.WithMessageEvents(otelhttp.ReadEvents)))
	defer server.Close()
	client := http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}

	ctx, span := tracer.Start(context.Background(), "check stock", trace.WithAttributes(
		attribute.String("operation.id", "op-go-1"),
		attribute.Int64("big", 9007199254740993),
		attribute.Float64("ratio", 0.25),
		attribute.Bool("urgent", true),
		attribute.StringSlice("symbols", []string{"AAPL", "MSFT"}),
	))
	defer span.End()
	logger.InfoContext(ctx, "checking stock", "items", 3, slog.Group("order", "id", "42"))
	for _, address := range []string{server.URL + "/stock?item=lamp", server.URL + "/stock?item=ghost", closedURL} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			log.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			logger.ErrorContext(ctx, "no answer", "err", err)
			continue
		}
		response.Body.Close()
	}
	return span.SpanContext().TraceID()
}

func serve(writer http.ResponseWriter, request *http.Request) {
	if request.URL.Query().Get("item") != "ghost" {
		fmt.Fprintln(writer, "7")
		return
	}
	span := trace.SpanFromContext(request.Context())
	err := errors.New("no such item: ghost")
	span.RecordError(err, trace.WithStackTrace(true))
	span.SetStatus(codes.Error, err.Error())
	logger.WarnContext(request.Context(), "item not found", "item", "ghost")
	http.Error(writer, err.Error(), http.StatusInternalServerError)
}
