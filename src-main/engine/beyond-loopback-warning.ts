/** Who can reach the receivers now, for the person who may have opened them to more than was meant. */
export function beyondLoopbackWarning(addresses: readonly string[]): string {
  const where = new Intl.ListFormat('en-GB').format(addresses);
  return `The OTLP receivers also listen on ${where}. Whatever reaches that can send telemetry here if it has the token on the setup page: containers of this machine, and other machines that find a way to this address. It travels unencrypted. Nobody can read from there.`;
}
