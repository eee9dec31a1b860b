import { randomUUID } from 'node:crypto';

/** Announce Review (COAR Notify 1.0.1) of a work that no node has. @param review names review and work */
export function announcedReview(review: string): object {
  const system = {
    id: 'https://review.example/system',
    type: 'Service',
    inbox: 'https://review.example/inbox',
  };
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
    id: `urn:uuid:${randomUUID()}`,
    type: ['Announce', 'coar-notify:ReviewAction'],
    actor: { id: 'https://review.example', name: 'Review Service', type: 'Service' },
    origin: system,
    target: { id: 'https://node.example', type: 'Service', inbox: 'https://node.example/inbox' },
    object: { id: `https://review.example/reviews/${review}`, type: ['Page', 'sorg:Review'] },
    context: { id: `https://doi.org/10.5555/${review}` },
  };
}
