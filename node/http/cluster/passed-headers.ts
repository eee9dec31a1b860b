/**
 * Headers that are of one connection only, and are not passed on (RFC 9110, section 7.6.1), beside those that `Connection` names.
 * `Expect` has been answered by whoever took the request.
 */
const OF_CONNECTION = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What says where a message ends and whom it is for is never of one connection: a body without its length is read as further requests. */
const OF_MESSAGE = ['content-length', 'host'] as const;

/** Those that go on, as they came, in their order: names and values in turn, as of `IncomingMessage.rawHeaders`. */
export function passedHeaders(
  raw: readonly string[],
  { without = () => false }: { without?: (name: string) => boolean } = {},
): string[] {
  const named = new Set(OF_CONNECTION);
  const pairs = pairsOf(raw);
  for (const [name, value] of pairs)
    if (name.toLowerCase() === 'connection')
      for (const one of value.split(',')) named.add(one.trim().toLowerCase());
  for (const name of OF_MESSAGE) named.delete(name);
  return pairs.filter(([name]) => !named.has(name.toLowerCase()) && !without(name.toLowerCase())).flat();
}

function pairsOf(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? '']);
}
