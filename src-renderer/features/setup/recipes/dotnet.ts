import { overGrpc, shortDelays } from './environment.ts';
import type { Recipe } from './recipe.ts';

const inCode = `using OpenTelemetry;
using OpenTelemetry.Trace;

builder.Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation())
    .WithLogging()
    .UseOtlpExporter();`;

export const dotnet: Recipe = {
  label: '.NET',
  steps: (place) => [
    {
      title: 'Add OpenTelemetry',
      code: `dotnet add package OpenTelemetry.Extensions.Hosting
dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol
dotnet add package OpenTelemetry.Instrumentation.AspNetCore
dotnet add package OpenTelemetry.Instrumentation.Http`,
    },
    { title: 'In Program.cs', code: inCode },
    { title: 'Tell it where to send', variables: [...overGrpc(place), ...shortDelays] },
    { title: 'Run it', code: 'dotnet run' },
  ],
  note: 'UseOtlpExporter reads these variables and sends traces and logs.',
};
