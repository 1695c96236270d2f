import { overHttp, shortSpanDelay } from './environment.ts';
import type { Recipe } from './recipe.ts';

export const ruby: Recipe = {
  label: 'Ruby',
  steps: (place) => [
    {
      title: 'Add OpenTelemetry',
      code: 'bundle add opentelemetry-sdk opentelemetry-exporter-otlp opentelemetry-instrumentation-all',
    },
    {
      title: 'In config/initializers/opentelemetry.rb, or before the app starts',
      code: `require 'opentelemetry/sdk'
require 'opentelemetry/exporter/otlp'
require 'opentelemetry/instrumentation/all'

OpenTelemetry::SDK.configure(&:use_all)`,
    },
    { title: 'Tell it where to send', variables: [...overHttp(place), shortSpanDelay] },
    { title: 'Run it', code: 'bundle exec rails server' },
  ],
  note: 'The gem sends traces over HTTP. Rails, Rack, Sinatra, Sidekiq, Faraday, pg and many others are instrumented by use_all.',
};
