/**
 * Names of one attribute over the generations of the semantic conventions, newest first. Values mean the same under every name of a row. A name may be in
 * several rows where several attributes were merged into one or one was split; the names before a merge do not stand for each other.
 *
 * Picked by hand from the deprecated registry of the semantic conventions 1.44: what spans, logs and resources carry and people look for.
 */
export const attributeRenames: readonly (readonly string[])[] = [
  // HTTP and URL
  ['http.request.method', 'http.method'],
  ['http.response.status_code', 'http.status_code'],
  ['http.request.body.size', 'http.request_content_length_uncompressed'],
  ['http.response.body.size', 'http.response_content_length_uncompressed'],
  ['url.full', 'http.url'],
  // The old one carries the query string too.
  ['url.path', 'http.target'],
  ['url.scheme', 'http.scheme'],
  ['user_agent.original', 'http.user_agent'],
  ['client.address', 'http.client_ip'],

  // Network. On server spans `net.peer.*` named the client, hence the own host first.
  ['server.address', 'net.host.name', 'http.server_name'],
  ['server.address', 'net.peer.name'],
  ['server.port', 'net.host.port'],
  ['server.port', 'net.peer.port'],
  ['server.address', 'tls.client.server_name'],
  ['network.peer.address', 'net.sock.peer.addr', 'net.peer.ip'],
  ['network.peer.port', 'net.sock.peer.port'],
  ['network.local.address', 'net.sock.host.addr', 'net.host.ip'],
  ['network.local.port', 'net.sock.host.port'],
  ['network.protocol.name', 'net.protocol.name'],
  ['network.protocol.version', 'net.protocol.version', 'http.flavor'],
  ['network.transport', 'net.transport'],

  // Databases
  ['db.system.name', 'db.system'],
  ['db.namespace', 'db.name'],
  ['db.namespace', 'db.redis.database_index'],
  ['db.namespace', 'db.elasticsearch.cluster.name'],
  ['db.query.text', 'db.statement'],
  ['db.operation.name', 'db.operation'],
  ['db.collection.name', 'db.sql.table'],
  ['db.collection.name', 'db.mongodb.collection'],
  ['db.collection.name', 'db.cassandra.table'],
  ['db.collection.name', 'db.cosmosdb.container'],
  ['db.response.status_code', 'db.cosmosdb.status_code'],
  ['db.client.connection.pool.name', 'db.client.connections.pool.name', 'pool.name'],
  ['db.client.connection.state', 'db.client.connections.state'],

  // Messaging
  ['messaging.operation.type', 'messaging.operation'],
  ['messaging.destination.name', 'messaging.destination'],
  ['messaging.client.id', 'messaging.client_id'],
  ['messaging.consumer.group.name', 'messaging.kafka.consumer.group'],
  ['messaging.consumer.group.name', 'messaging.eventhubs.consumer.group'],
  ['messaging.destination.partition.id', 'messaging.kafka.destination.partition'],
  ['messaging.destination.subscription.name', 'messaging.servicebus.destination.subscription_name'],
  ['messaging.kafka.offset', 'messaging.kafka.message.offset'],

  // Remote procedure calls
  ['rpc.system.name', 'rpc.system'],
  ['rpc.status_code', 'rpc.response.status_code'],
  ['rpc.status_code', 'rpc.grpc.status_code'],
  ['rpc.status_code', 'rpc.connect_rpc.error_code'],
  ['rpc.status_code', 'rpc.jsonrpc.error_code'],
  ['jsonrpc.request.id', 'rpc.jsonrpc.request_id'],
  ['jsonrpc.protocol.version', 'rpc.jsonrpc.version'],

  // Services, deployments, code
  ['service.peer.name', 'peer.service'],
  ['deployment.environment.name', 'deployment.environment'],
  ['code.function.name', 'code.function'],
  ['code.file.path', 'code.filepath'],
  ['code.line.number', 'code.lineno'],
  ['code.column.number', 'code.column'],
  ['container.runtime.name', 'container.runtime'],
  ['otel.scope.name', 'otel.library.name'],
  ['otel.scope.version', 'otel.library.version'],

  // Feature flags
  ['feature_flag.provider.name', 'feature_flag.provider_name'],
  ['feature_flag.result.variant', 'feature_flag.variant'],
  ['feature_flag.result.reason', 'feature_flag.evaluation.reason'],
  ['feature_flag.error.message', 'feature_flag.evaluation.error.message'],

  // Generative AI
  ['gen_ai.provider.name', 'gen_ai.system'],
  ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
  ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],

  // Version control
  ['vcs.change.id', 'vcs.repository.change.id'],
  ['vcs.change.title', 'vcs.repository.change.title'],
  ['vcs.ref.head.name', 'vcs.repository.ref.name'],
  ['vcs.ref.head.revision', 'vcs.repository.ref.revision'],
  ['vcs.ref.head.type', 'vcs.repository.ref.type'],
];
