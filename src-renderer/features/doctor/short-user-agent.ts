const otlpExporter = /^OTel[- ]OTLP[- ]Exporter[- ](?<language>[\w.+#]+)\/(?<version>\S+)/i;
const browser = /^Mozilla\/5\.0 .*?(?<name>Firefox|Edg|Chrome|Safari)\/(?<version>\d+)/;

/** What a person calls a client by its `User-Agent`: `Python SDK 1.45.0` for `OTel-OTLP-Exporter-Python/1.45.0 grpc-python/1.68`. Other texts are themselves. */
export const shortUserAgent = (userAgent: string): string => {
  const exporter = otlpExporter.exec(userAgent)?.groups;
  if (exporter !== undefined) return `${exporter['language']} SDK ${exporter['version']}`;
  const page = browser.exec(userAgent)?.groups;
  if (page !== undefined) return `${page['name'] === 'Edg' ? 'Edge' : page['name']} ${page['version']}`;
  return userAgent;
};
