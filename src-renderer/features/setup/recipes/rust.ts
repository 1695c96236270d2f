import { overHttp, shortSpanDelay } from './environment.ts';
import type { Place, Recipe } from './recipe.ts';

const inCode = ({ service }: Place): string => `use opentelemetry::{global, trace::Tracer};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::{propagation::TraceContextPropagator, trace::SdkTracerProvider};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exporter = SpanExporter::builder().with_http().build()?;
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
    global::set_tracer_provider(provider.clone());
    global::set_text_map_propagator(TraceContextPropagator::new());

    global::tracer("${service}").in_span("hello", |_context| {});
    provider.shutdown()?;
    Ok(())
}`;

export const rust: Recipe = {
  label: 'Rust',
  steps: (place) => [
    { title: 'Add OpenTelemetry', code: 'cargo add opentelemetry opentelemetry_sdk opentelemetry-otlp' },
    { title: 'In the program', code: inCode(place) },
    { title: 'Tell it where to send', variables: [...overHttp(place), shortSpanDelay] },
    { title: 'Run it', code: 'cargo run' },
  ],
  note: 'Programs that use the tracing crate add tracing-opentelemetry, and its layer turns their spans into these.',
};
