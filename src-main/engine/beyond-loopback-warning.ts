/** Who can reach the receivers now, for the person who may have opened them to more than was meant. */
export function beyondLoopbackWarning(addresses: readonly string[]): string {
  const where = new Intl.ListFormat('en-GB').format(addresses);
  return `The OTLP receivers also listen on ${where}. Containers of this machine, and other machines that find a way there, can send telemetry with the token on the setup page. It travels unencrypted; nobody can read from there.`;
}
