import { expect } from 'chai';
import { needs, python, script } from './support/programs.ts';
import { REVIEWER, type PublishedNode } from './support/published-node.ts';
import { runForJson } from './support/run.ts';

interface Sent {
  status: number;
  location: string | null;
  answer: Record<string, unknown>;
  kept: unknown;
}
interface Seen {
  inbox: string;
  acceptPost: string;
  /** Statuses of what `constrainedBy` leads to. */
  constraints: number[];
  sent: Sent[];
  listed: { type: string; inbox: string; contains: string[] };
}

const AS = 'https://www.w3.org/ns/activitystreams#';
const REVIEW_ACTION = 'http://coar-notify.net/specification/vocabulary/ReviewAction';
const CITE_AS = 'http://www.iana.org/assignments/relation/cite-as';
const reviews = ['https://review.example/review/1', 'https://review.example/review/2'] as const;

/** Announce Review (COAR Notify 1.0.1), as the specification's own examples are written. */
function compacted(record: string): object {
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
    id: 'urn:uuid:3a4ae7a2-2a0e-4a63-8a8c-6c02b7a1d001',
    type: ['Announce', 'coar-notify:ReviewAction'],
    actor: { id: 'https://review.example/people/1', type: 'Person', name: 'Rosalind Roe' },
    origin: { ...REVIEWER, type: 'Service' },
    target: { id: new URL(record).origin, inbox: `${new URL(record).origin}/inbox`, type: 'Service' },
    object: {
      id: reviews[0],
      type: ['Page', 'sorg:Review'],
      'ietf:cite-as': 'https://doi.org/10.5555/review1',
    },
    context: { id: record },
  };
}

/** Another one, with no context at all. */
function expanded(record: string): object {
  const inbox = (address: string): object => ({ 'http://www.w3.org/ns/ldp#inbox': [{ '@id': address }] });
  const { origin } = new URL(record);
  return [
    {
      '@id': 'urn:uuid:3a4ae7a2-2a0e-4a63-8a8c-6c02b7a1d002',
      '@type': [`${AS}Announce`, REVIEW_ACTION],
      [`${AS}actor`]: [
        {
          '@id': 'https://review.example/people/2',
          '@type': [`${AS}Person`],
          [`${AS}name`]: [{ '@value': 'J. Doe' }],
        },
      ],
      [`${AS}origin`]: [{ '@id': REVIEWER.id, '@type': [`${AS}Service`], ...inbox(REVIEWER.inbox) }],
      [`${AS}target`]: [{ '@id': origin, '@type': [`${AS}Service`], ...inbox(`${origin}/inbox`) }],
      [`${AS}object`]: [
        {
          '@id': reviews[1],
          '@type': [`${AS}Page`, 'http://schema.org/Review'],
          [CITE_AS]: [{ '@id': 'https://doi.org/10.5555/review2' }],
        },
      ],
      [`${AS}context`]: [{ '@id': record }],
    },
  ];
}

/** A sender of notifications in Python. */
export function sendsNotifications(node: PublishedNode): void {
  describe('a sender of Linked Data Notifications', () => {
    const command = needs(python);
    let seen: Seen;
    before('posts two reviews of a record', async () => {
      const target = node.reviewed.id;
      const notifications = [
        {
          type: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
          body: compacted(target),
        },
        { type: 'application/ld+json', body: expanded(target) },
        { type: 'application/ld+json', body: { ...compacted(target), id: 'urn:uuid:3', object: undefined } },
      ];
      seen = await runForJson<Seen>(command(), [script('ldn-sender.py')], { target, notifications });
    });

    it('finds the inbox by the record’s Link header, and what it takes', () => {
      expect(seen.inbox).to.equal(`${node.url}/inbox`);
      expect(seen.acceptPost).to.include('application/ld+json');
      expect(seen.constraints).to.deep.equal([200]);
    });

    it('posts both serialisations, and can have them again as they were', () => {
      const [first, second] = seen.sent;
      expect([first?.status, second?.status]).to.deep.equal([201, 201]);
      expect(first?.kept).to.deep.equal(compacted(node.reviewed.id));
      expect(second?.kept).to.deep.equal(expanded(node.reviewed.id));
    });

    it('finds what it posted listed', () => {
      const { type, inbox, contains } = seen.listed;
      expect(type).to.match(/^application\/ld\+json/);
      expect(inbox).to.equal(seen.inbox);
      expect([...contains].sort()).to.deep.equal(seen.sent.flatMap(({ location }) => location ?? []).sort());
    });

    it('is told why a third one is refused', () => {
      const refused = seen.sent[2];
      expect(refused).to.include({ status: 422, location: null });
      expect(refused?.answer).to.include({ code: 'NOTIFY_INVALID' });
      expect(String(refused?.answer['detail'])).to.include('object');
    });

    it('finds both reviews shown with the record', async () => {
      const { reviews: shown } = await node.json<{ reviews: { id: string }[] }>(
        `/records/${node.reviewed.key}`,
      );
      expect(shown.map(({ id }) => id).sort()).to.deep.equal(reviews);
    });
  });
}
