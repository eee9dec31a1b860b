/** An announced review, as COAR Notify has it, of which a test names only the parts it is about. */
export function aNotification(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
    id: 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f',
    type: ['Announce', 'coar-notify:ReviewAction'],
    actor: { id: 'https://review.example', name: 'Reviews', type: 'Service' },
    object: { id: 'https://review.example/1', type: ['Page', 'sorg:Review'] },
    context: { id: 'https://node.example/records/abcdefghijklmnopqrst', type: 'sorg:AboutPage' },
    origin: { id: 'https://review.example', inbox: 'https://review.example/inbox', type: 'Service' },
    target: { id: 'https://node.example', inbox: 'https://node.example/inbox', type: 'Service' },
    ...parts,
  };
}

export function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}
