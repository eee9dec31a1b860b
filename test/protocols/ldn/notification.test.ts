import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { coarNotifyContext } from '../../../vocab/json-ld/contexts/coar-notify.ts';
import {
  inboxToJsonLd,
  LdnError,
  readNotification,
  type Notification,
} from '../../../protocols/ldn/index.ts';
import { expandJsonLd, JsonLdError } from '../../../vocab/json-ld/index.ts';
import { aNotification, bytesOf } from '../../support/notifications.ts';

const TYPE = 'application/ld+json';

async function refusal(body: Uint8Array, type: string | undefined = TYPE): Promise<string> {
  const error: unknown = await readNotification(body, type).catch((error: unknown) => error);
  if (error instanceof LdnError || error instanceof JsonLdError) return error.code;
  throw new Error('the notification was taken');
}

const read = async (document: unknown): Promise<Notification> =>
  await readNotification(bytesOf(document), TYPE);
const flattened = ({ graph }: Notification): unknown => graph.toJsonLd();

/** `aNotification` by other prefixes and aliases, with the contexts' terms written out. */
const withOtherNames = {
  '@context': {
    a: 'https://www.w3.org/ns/activitystreams#',
    coar: 'http://coar-notify.net/specification/vocabulary/',
    s: 'http://schema.org/',
    uri: '@id',
    kind: '@type',
    inbox: { '@id': 'http://www.w3.org/ns/ldp#inbox', '@type': '@id' },
  },
  uri: 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f',
  kind: ['coar:ReviewAction', 'a:Announce'],
  'a:target': { uri: 'https://node.example', kind: 'a:Service', inbox: 'https://node.example/inbox' },
  'a:origin': { uri: 'https://review.example', kind: 'a:Service', inbox: 'https://review.example/inbox' },
  'a:context': { uri: 'https://node.example/records/abcdefghijklmnopqrst', kind: 's:AboutPage' },
  'a:object': { uri: 'https://review.example/1', kind: ['s:Review', 'a:Page'] },
  'a:actor': { uri: 'https://review.example', 'a:name': 'Reviews', kind: 'a:Service' },
};

const turtle = `
  @prefix as: <https://www.w3.org/ns/activitystreams#> .
  @prefix coar: <http://coar-notify.net/specification/vocabulary/> .
  @prefix sorg: <http://schema.org/> .
  @prefix ldp: <http://www.w3.org/ns/ldp#> .
  <urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f> a as:Announce, coar:ReviewAction ;
    as:actor <https://review.example> ; as:object <https://review.example/1> ;
    as:context <https://node.example/records/abcdefghijklmnopqrst> ;
    as:origin <https://review.example> ; as:target <https://node.example> .
  <https://review.example> a as:Service ; as:name "Reviews" ; ldp:inbox <https://review.example/inbox> .
  <https://node.example> a as:Service ; ldp:inbox <https://node.example/inbox> .
  <https://review.example/1> a as:Page, sorg:Review .
  <https://node.example/records/abcdefghijklmnopqrst> a sorg:AboutPage .`;

describe('reading a notification', () => {
  it('finds the id of an activity', async () => {
    const { id } = await readNotification(bytesOf(aNotification()), TYPE);
    expect(id).to.equal('urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f');
  });

  it('sees the same in every serialisation of the same', async () => {
    const compact = aNotification();
    const { '@context': context, ...activity } = compact;
    const expanded = await expandJsonLd(compact, { base: 'https://any.example/' });
    const serialisations = [
      compact,
      { ...activity, '@context': context },
      { '@context': context, '@graph': [activity] },
      expanded,
      [compact],
      flattened(await read(compact)),
      withOtherNames,
      JSON.stringify(compact, undefined, 4),
      `\uFEFF${JSON.stringify(compact)}`,
    ];
    const all = await Promise.all(serialisations.map(read));
    for (const notification of all) expect(notification.digest).to.equal(all[0]?.digest);
    for (const { id } of all) expect(id).to.equal(compact['id']);
  });

  it('sees the same in Turtle, and gives it as JSON-LD', async () => {
    const given = await readNotification(bytesOf(turtle), 'text/turtle; charset=utf-8');
    const written = await read(aNotification());
    expect(given.digest).to.equal(written.digest);
    const again = await readNotification(given.document, TYPE);
    expect(again.digest).to.equal(written.digest);
  });

  it('keeps languages and datatypes of Turtle', async () => {
    const text =
      '<urn:a> <urn:p> "Ein Titel"@de, "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>, [] .';
    const { document } = await readNotification(bytesOf(text), 'text/turtle');
    const [node] = JSON.parse(Buffer.from(document).toString()) as Record<string, unknown>[];
    expect(node?.['urn:p']).to.deep.equal([
      { '@value': 'Ein Titel', '@language': 'de' },
      { '@value': '2026-01-01', '@type': 'http://www.w3.org/2001/XMLSchema#date' },
      { '@id': '_:b0' },
    ]);
  });

  it('takes the outer one of an activity within an activity', async () => {
    const offer = { id: 'urn:offer', type: 'Offer', object: 'urn:x' };
    const { activity } = await read(aNotification({ type: 'Accept', object: offer, inReplyTo: 'urn:offer' }));
    expect(activity?.id).to.equal('urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f');
  });

  it('is not led round by activities that hold one another', async () => {
    const inner = { id: 'urn:b', type: 'Offer', object: { id: 'urn:a' } };
    const cycle = { ...aNotification(), id: 'urn:a', type: 'Offer', object: inner };
    expect(await read(cycle)).to.not.have.any.keys('activity', 'id');
  });

  it('sees another where something else is said under the same id', async () => {
    const [one, two] = await Promise.all(
      [aNotification(), aNotification({ actor: 'https://other.example' })].map((notification) =>
        readNotification(bytesOf(notification), TYPE),
      ),
    );
    expect(one?.id).to.equal(two?.id);
    expect(one?.digest).to.not.equal(two?.digest);
  });

  it('takes other vocabularies than Activity Streams, whose node’s id is not the notification’s', async () => {
    const { id } = await readNotification(
      bytesOf({
        '@id': 'https://example.org/profile#alice',
        'http://ontologi.es/like#likes': { '@id': 'urn:x' },
      }),
      TYPE,
    );
    expect(id).to.equal(undefined);
  });

  for (const [name, notification] of [
    ['has none', { ...aNotification(), id: undefined }],
    ['is relative', aNotification({ id: '' })],
    ['is a blank node’s', aNotification({ id: '_:b0' })],
    [
      'is one of several',
      {
        '@context': aNotification()['@context'],
        '@graph': [1, 2].map((n) => ({ ...aNotification(), '@context': [], id: `urn:${n}` })),
      },
    ],
  ] as const) {
    it(`names no id where an activity’s ${name}`, async () => {
      expect(await readNotification(bytesOf(notification), TYPE)).to.not.have.property('id');
    });
  }

  for (const type of [
    'application/ld+json',
    'Application/LD+JSON ; charset=utf-8',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  ]) {
    it(`takes the content type ${type}`, async () => {
      expect(await readNotification(bytesOf(aNotification()), type)).to.have.property('id');
    });
  }

  for (const type of [undefined, '', 'application/json', 'text/turtles', 'application/ld+jsonx']) {
    it(`refuses the content type ${type ?? 'that is not there'}`, async () => {
      const error: unknown = await readNotification(bytesOf(aNotification()), type).catch(
        (error: unknown) => error,
      );
      expect(error).to.have.property('code', 'LDN_WRONG_TYPE');
    });
  }

  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['nothing', bytesOf(''), 'LDN_NOT_JSON'],
    ['half a document', bytesOf('{"@id":'), 'LDN_NOT_JSON'],
    ['Turtle', bytesOf('<urn:a> <urn:b> <urn:c> .'), 'LDN_NOT_JSON'],
    ['bytes that are not UTF-8', Buffer.from('{"urn:p":"\xe9"}', 'latin1'), 'LDN_NOT_JSON'],
    ['JSON without a context', bytesOf({ hello: 'world' }), 'LDN_NO_STATEMENT'],
    ['an empty list', bytesOf([]), 'LDN_NO_STATEMENT'],
    ['an unknown context', bytesOf({ '@context': 'https://evil.example/c' }), 'JSON_LD_UNKNOWN_CONTEXT'],
    ['what is too deep', bytesOf('['.repeat(50_000) + ']'.repeat(50_000)), 'JSON_LD_TOO_DEEP'],
    ['a broken rule of JSON-LD', bytesOf({ '@id': 1, 'urn:p': 1 }), 'JSON_LD_INVALID'],
  ];
  for (const [name, body, code] of refused) {
    it(`refuses ${name}`, async () => expect(await refusal(body)).to.equal(code));
  }

  for (const [name, body, code] of [
    ['half a statement', '<urn:a> <urn:b>', 'LDN_NOT_TURTLE'],
    ['bytes that are not UTF-8', Buffer.from('<urn:a> <urn:b> "\xe9" .', 'latin1'), 'LDN_NOT_TURTLE'],
    ['no statement', '# nothing', 'LDN_NO_STATEMENT'],
    [
      'too many statements',
      '<urn:a> <urn:b> 1, '.concat('2, '.repeat(9_000), '3 .'),
      'LDN_TOO_MANY_STATEMENTS',
    ],
    ['what is nested without end', `<urn:a> <urn:b> ${'[<urn:b> '.repeat(20_000)}`, 'LDN_NOT_TURTLE'],
  ] as const) {
    it(`refuses Turtle of ${name}`, async () => {
      const bytes = typeof body === 'string' ? bytesOf(body) : body;
      expect(await refusal(bytes, 'text/turtle')).to.equal(code);
    });
  }
});

describe('the listing of an inbox', () => {
  const inbox = 'https://node.example/inbox';
  const LDP = 'http://www.w3.org/ns/ldp#';

  it('relates each notification to the inbox by ldp:contains', async () => {
    const listing = inboxToJsonLd({
      inbox,
      constraints: `${inbox}/constraints`,
      notifications: [{ iri: `${inbox}/a`, receivedAt: 0 }],
      next: `${inbox}?after=a`,
    });
    expect(await expandJsonLd(listing, { base: 'urn:none' })).to.deep.equal([
      {
        '@id': inbox,
        '@type': [`${LDP}Container`],
        [`${LDP}constrainedBy`]: [{ '@id': `${inbox}/constraints` }],
        [`${LDP}contains`]: [
          {
            '@id': `${inbox}/a`,
            'http://purl.org/dc/terms/created': [
              { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': '1970-01-01T00:00:00.000Z' },
            ],
          },
        ],
        'https://www.w3.org/ns/activitystreams#next': [{ '@id': `${inbox}?after=a` }],
      },
    ]);
  });
});

describe('the bundled context of COAR Notify', () => {
  const file = resolve('../shared/standards/coar-notify-1.0.1/notify.json');
  if (!existsSync(file)) {
    it.skip(`is not compared: ${file} is not at hand`);
    return;
  }
  it('defines what the published one does', () => {
    const published = JSON.parse(readFileSync(file, 'utf8')) as { '@context': unknown };
    expect(coarNotifyContext).to.deep.equal(published['@context']);
  });
});
