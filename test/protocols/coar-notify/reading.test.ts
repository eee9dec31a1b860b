import { expect } from 'chai';
import {
  CoarNotifyError,
  PATTERNS,
  patterns,
  readCoarNotify,
  type CoarNotification,
  type Violation,
} from '../../../protocols/coar-notify/index.ts';
import { readNotification } from '../../../protocols/ldn/index.ts';
import { expandJsonLd } from '../../../vocab/json-ld/index.ts';
import { bytesOf } from '../../support/notifications.ts';
import { aPayload, OFFER_ID } from '../../support/notify-payloads.ts';

type Json = Record<string, unknown>;

async function read(document: unknown): Promise<CoarNotification | undefined> {
  return readCoarNotify(await readNotification(bytesOf(document), 'application/ld+json'));
}

async function violationsOf(document: unknown): Promise<string[]> {
  const error: unknown = await read(document).catch((error: unknown) => error);
  if (!(error instanceof CoarNotifyError)) throw new Error('the notification was taken');
  expect(error.code).to.equal('NOTIFY_INVALID');
  return (error.details['violations'] as Violation[]).map(({ property, must }) => `${property} ${must}`);
}

const item = { id: 'https://r.example/1.pdf', type: ['Article'], mediaType: 'application/pdf' };
const page = { id: 'https://r.example/1', type: ['Page'], 'ietf:item': item };

describe('a notification of COAR Notify', () => {
  for (const pattern of PATTERNS) {
    it(`is read the same in each serialisation: ${patterns[pattern].title}`, async () => {
      const compact = aPayload(pattern);
      const { '@context': context, ...activity } = compact;
      const expanded = await expandJsonLd(compact, { base: 'urn:none' });
      const { graph } = await readNotification(bytesOf(compact), 'application/ld+json');
      const expected = await read(compact);
      expect(expected).to.have.property('pattern', pattern);
      for (const document of [expanded, { '@context': context, '@graph': [activity] }, graph.toJsonLd()]) {
        expect(await read(document)).to.deep.equal(expected);
      }
    });
  }

  it('tells what it is about', async () => {
    expect(await read(aPayload('request-review', { object: page, summary: 'Please.' }))).to.deep.include({
      summary: 'Please.',
      object: {
        id: 'https://r.example/1',
        types: ['https://www.w3.org/ns/activitystreams#Page'],
        item: {
          id: 'https://r.example/1.pdf',
          types: ['https://www.w3.org/ns/activitystreams#Article'],
          mediaType: 'application/pdf',
        },
      },
    });
  });

  it('is understood in the vocabulary of the drafts', async () => {
    const document = aPayload('announce-review', {
      '@context': [
        'https://www.w3.org/ns/activitystreams',
        'https://purl.org/coar/notify',
        { old: 'http://purl.org/coar/notify_vocabulary/' },
      ],
      type: ['Announce', 'old:ReviewAction'],
      context: { id: 'https://node.example/1', type: 'sorg:AboutPage' },
    });
    expect(await read(document)).to.have.property('pattern', 'announce-review');
  });

  it('may call a tentative answer a kind of the plain one', async () => {
    const document = aPayload('tentative-accept', { type: ['Accept', 'TentativeAccept'] });
    expect(await read(document)).to.have.property('pattern', 'tentative-accept');
  });

  it('may write IRIs as texts where its own context does not tell them', async () => {
    const { inReplyTo: _, ...rest } = aPayload('reject');
    const document = { ...rest, 'https://www.w3.org/ns/activitystreams#inReplyTo': OFFER_ID };
    expect(await read(document)).to.have.property('inReplyTo', OFFER_ID);
  });

  it('may have its summary in several languages', async () => {
    const document = aPayload('reject', { summaryMap: { en: 'No.', es: 'No.' } });
    expect(await read(document)).to.have.property('summary', 'No.');
  });

  it('is none where nothing says that it is', async () => {
    const like = { '@context': 'https://www.w3.org/ns/activitystreams', type: 'Like', object: 'urn:x' };
    expect(await read(like)).to.equal(undefined);
  });

  it('is none that is known here where it has an action of a later version', async () => {
    const document = aPayload('request-review', { type: ['Offer', 'coar-notify:TranslationAction'] });
    expect(await read(document)).to.equal(undefined);
  });

  const types = 'type include the types of exactly one pattern: ';
  const object = (parts: Json): Json => ({ object: { ...page, ...parts } });
  const wrong: readonly (readonly [name: string, document: unknown, violation: string])[] = [
    ['an Offer of nothing', aPayload('request-review', { type: 'Offer' }), types],
    ['a Flag of nothing', aPayload('unprocessable', { type: 'Flag' }), types],
    ['two activities', aPayload('accept', { type: ['Accept', 'Reject'] }), types],
    [
      'two actions',
      aPayload('announce-review', {
        type: ['Announce', 'coar-notify:ReviewAction', 'coar-notify:EndorsementAction'],
      }),
      types,
    ],
    ['no activity', aPayload('accept', { type: 'Page' }), 'type '],
    ['a relative id', aPayload('accept', { id: '0370c0fb' }), 'id be a single URI'],
    [
      'an origin without id',
      aPayload('accept', { origin: { type: 'Service' } }),
      'origin.id be one HTTP URI',
    ],
    [
      'an origin without type',
      aPayload('accept', { origin: { id: 'https://a.example' } }),
      'origin.type be there',
    ],
    [
      'an origin that is no address',
      aPayload('accept', { origin: { id: 'urn:x', type: 'Service' } }),
      'origin.id be one HTTP URI',
    ],
    [
      'two inboxes',
      aPayload('accept', {
        origin: {
          id: 'https://a.example',
          type: 'Service',
          inbox: ['https://a.example/1', 'https://a.example/2'],
        },
      }),
      'origin.inbox be there once',
    ],
    [
      'a target without inbox',
      aPayload('accept', { target: { id: 'https://a.example', type: 'Service' } }),
      'target.inbox be there',
    ],
    [
      'an actor without type',
      aPayload('accept', { actor: 'https://a.example' }),
      'actor.type include one of',
    ],
    [
      'an actor of another type',
      aPayload('accept', { actor: { id: 'https://a.example', type: 'Page' } }),
      'actor.type include one of Activity Streams’ Application, Group, Organization, Person, Service',
    ],
    [
      'a work without file',
      aPayload('request-review', object({ 'ietf:item': undefined })),
      'object.ietf:item be there',
    ],
    [
      'a file without media type',
      aPayload('request-review', object({ 'ietf:item': { ...item, mediaType: '' } })),
      'object.ietf:item.mediaType be a text',
    ],
    [
      'a work of no type that Activity Streams knows',
      aPayload('request-review', object({ type: 'sorg:AboutPage' })),
      'object.type include one of Activity Streams’ Object, Article',
    ],
    [
      'a persistent identifier that is no address',
      aPayload('request-review', object({ 'ietf:cite-as': 'doi:10.5555/1' })),
      'object.ietf:cite-as be one HTTP URI',
    ],
    [
      'an address that is too long',
      aPayload('request-review', object({ id: `https://r.example/${'a'.repeat(2_000)}` })),
      'object.id be one HTTP URI',
    ],
    [
      'an answer to something else than its object',
      aPayload('accept', { inReplyTo: 'urn:uuid:another' }),
      'inReplyTo be the same as object.id',
    ],
    ['a complaint without a reason', aPayload('unprocessable', { summary: ' ' }), 'summary be a text'],
    [
      'half a relationship',
      aPayload('announce-relationship', {
        object: { id: 'urn:uuid:1', type: 'Relationship', 'as:subject': 'urn:a', 'as:object': 'urn:b' },
      }),
      'object.as:relationship be there',
    ],
    [
      'a relationship of something else than its context',
      aPayload('announce-relationship', { context: { id: 'https://c.example' } }),
      'context.id be the same as object.as:object',
    ],
  ];
  for (const [name, document, violation] of wrong) {
    it(`may not have ${name}`, async () => {
      const found = await violationsOf(document);
      expect(found[0]).to.contain(violation);
      expect(found, 'one demand not met, one told').to.have.length(1);
    });
  }

  it('is told all that it lacks at once', async () => {
    const { origin: _, ...rest } = aPayload('request-endorsement', { target: 7, object: [] });
    const found = await violationsOf(rest);
    expect(found.map((one) => one.split(' ')[0])).to.deep.equal([
      'origin',
      'target.id',
      'target.type',
      'target.inbox',
      'object',
    ]);
  });
});
