import { overHttp } from './environment.ts';
import type { Recipe } from './recipe.ts';

export const php: Recipe = {
  label: 'PHP',
  steps: (place) => [
    { title: 'Add the extension', code: 'pecl install opentelemetry' },
    { title: 'In php.ini', code: '[opentelemetry]\nextension=opentelemetry.so' },
    {
      title: 'Add the SDK, and what instruments the framework',
      code: `composer require open-telemetry/sdk open-telemetry/exporter-otlp \\
  php-http/guzzle7-adapter open-telemetry/opentelemetry-auto-laravel`,
      note: 'In place of auto-laravel: auto-symfony, auto-slim, auto-wordpress, auto-psr15 and others.',
    },
    {
      title: 'Tell it where to send',
      variables: [['OTEL_PHP_AUTOLOAD_ENABLED', 'true'], ...overHttp(place)],
      note: 'php-fpm hides the environment from its workers: set clear_env = no in the pool, or env[NAME] = value for each.',
    },
    { title: 'Run it, without a change to the code', code: 'php -S localhost:8080 -t public' },
  ],
  note: 'Composer’s autoloader starts the SDK, so the app must load vendor/autoload.php. Spans are sent when a request ends.',
};
