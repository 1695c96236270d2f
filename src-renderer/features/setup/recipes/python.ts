import { overGrpc, shortDelays } from './environment.ts';
import type { Place, Recipe } from './recipe.ts';

const inCode = ({ service, grpcUrl }: Place): string => `import os
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

endpoint = os.environ.get("OTLP_ENDPOINT", "${grpcUrl}")
provider = TracerProvider(resource=Resource.create({"service.name": "${service}"}))
provider.add_span_processor(
    BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, insecure=True), schedule_delay_millis=500)
)
trace.set_tracer_provider(provider)
FastAPIInstrumentor.instrument_app(app)`;

export const python: Recipe = {
  label: 'Python',
  steps: (place) => [
    {
      title: 'Add OpenTelemetry',
      code: 'pip install opentelemetry-distro opentelemetry-exporter-otlp\nopentelemetry-bootstrap -a install',
    },
    { title: 'Tell it where to send', variables: [...overGrpc(place), ...shortDelays] },
    {
      title: 'Run it, without a change to the code',
      code: 'opentelemetry-instrument uvicorn main:app',
      note: 'Traces, and the logs of the logging module with them. Leave --reload out: it starts a second process that is not instrumented.',
    },
    {
      title: 'Or set it up in the code, here for FastAPI',
      code: `pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-grpc \\\n  opentelemetry-instrumentation-fastapi`,
    },
    { title: 'In main.py, after the app is made', code: inCode(place) },
    { title: 'Which takes its address from', variables: [['OTLP_ENDPOINT', place.grpcUrl]] },
  ],
  note: 'opentelemetry-bootstrap finds the libraries that are installed (FastAPI, Flask, Django, httpx, requests, SQLAlchemy and many more) and adds what instruments them. Run it again after adding one.',
};
