import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#proto/bridge/contract';
import { AnyValue, KeyValue } from '#proto/model/any-value';
import { LogItem, ServiceSummary, SpanDetail, TraceSummary } from '#proto/bridge/shapes';
import { Resource, Scope } from '#proto/model/resource';
import { version } from '#main/base/version';

const description =
  "Sidelight's traces and logs for programs. Field names are those of OTLP/JSON; 64-bit numbers are decimal strings. Every request carries " +
  '`Authorization: Bearer TOKEN` with the token that Sidelight printed when it started.';

/** The OpenAPI document of the contract as it is served under `serverUrl`. */
export function openApiDocument(serverUrl: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: { title: 'Sidelight', version, description },
    servers: [{ url: serverUrl }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Printed when Sidelight starts; new with every start.' } },
    },
    commonSchemas: {
      AnyValue: { schema: AnyValue },
      KeyValue: { schema: KeyValue },
      Resource: { schema: Resource },
      Scope: { schema: Scope },
      SpanDetail: { schema: SpanDetail },
      LogItem: { schema: LogItem },
      TraceSummary: { schema: TraceSummary },
      ServiceSummary: { schema: ServiceSummary },
    },
  });
}
