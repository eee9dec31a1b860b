import { expect } from 'chai';
import { expandJsonLd, JsonLdError, knownContexts } from '../../../vocab/json-ld/index.ts';

const base = 'https://relative.invalid/';
const AS = 'https://www.w3.org/ns/activitystreams#';

async function refusal(document: unknown): Promise<JsonLdError> {
  const result = await expandJsonLd(document, { base }).catch((error: unknown) => error);
  if (!(result instanceof JsonLdError)) throw new Error('the document was taken');
  return result;
}

describe('expanding a document from outside', () => {
  it('reads Activity Streams with COAR Notify by the bundled contexts', async () => {
    const [node] = await expandJsonLd(
      {
        '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
        id: 'urn:uuid:1',
        type: ['Announce', 'coar-notify:ReviewAction'],
        object: {
          id: 'https://review.example/1',
          type: ['Page', 'sorg:Review'],
          'ietf:cite-as': 'https://doi.org/10.1/x',
        },
        target: { id: 'https://node.example/', inbox: 'https://node.example/inbox', type: 'Service' },
        published: '2026-01-01T00:00:00Z',
      },
      { base },
    );
    expect(node).to.deep.equal({
      '@id': 'urn:uuid:1',
      '@type': [`${AS}Announce`, 'http://coar-notify.net/specification/vocabulary/ReviewAction'],
      [`${AS}object`]: [
        {
          '@id': 'https://review.example/1',
          '@type': [`${AS}Page`, 'http://schema.org/Review'],
          'http://www.iana.org/assignments/relation/cite-as': [{ '@id': 'https://doi.org/10.1/x' }],
        },
      ],
      [`${AS}published`]: [
        { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': '2026-01-01T00:00:00Z' },
      ],
      [`${AS}target`]: [
        {
          '@id': 'https://node.example/',
          '@type': [`${AS}Service`],
          'http://www.w3.org/ns/ldp#inbox': [{ '@id': 'https://node.example/inbox' }],
        },
      ],
    });
  });

  for (const name of [
    ...knownContexts,
    'http://www.w3.org/ns/activitystreams#',
    'https://www.w3.org/ns/activitystreams.jsonld',
    'https://coar-notify.net/',
    'http://purl.org/coar/notify',
  ]) {
    it(`knows the context ${name}`, async () => {
      expect(await expandJsonLd({ '@context': name, '@id': 'urn:x', 'urn:p': 1 }, { base })).to.have.length(
        1,
      );
    });
  }

  const refused: readonly (readonly [string, unknown, string])[] = [
    ['an unknown context', { '@context': 'https://evil.example/c' }, 'JSON_LD_UNKNOWN_CONTEXT'],
    [
      'an unknown context in a list',
      { '@context': [{}, 'https://evil.example/c'] },
      'JSON_LD_UNKNOWN_CONTEXT',
    ],
    [
      'an unknown context deep within',
      { 'urn:p': { '@context': 'https://evil.example/c' } },
      'JSON_LD_UNKNOWN_CONTEXT',
    ],
    [
      'an unknown context to import',
      { '@context': { '@import': 'https://evil.example/c' } },
      'JSON_LD_UNKNOWN_CONTEXT',
    ],
    ['a relative context', { '@context': '/etc/passwd' }, 'JSON_LD_UNKNOWN_CONTEXT'],
    [
      'a context within a context',
      { '@context': { p: { '@id': 'urn:p', '@context': {} } } },
      'JSON_LD_SCOPED_CONTEXT',
    ],
    [
      'more contexts than are taken',
      { '@context': Array.from({ length: 17 }, () => ({})) },
      'JSON_LD_TOO_MANY_CONTEXTS',
    ],
    ['more terms than are taken', { '@context': manyTerms(501) }, 'JSON_LD_TOO_MANY_CONTEXTS'],
    [
      'more values than are taken',
      { 'urn:p': Array.from({ length: 5_000 }, () => 1) },
      'JSON_LD_TOO_MANY_VALUES',
    ],
    ['a document that is too deep', nested(33), 'JSON_LD_TOO_DEEP'],
    ['a document that is far too deep', nested(100_000), 'JSON_LD_TOO_DEEP'],
    ['a context that is a number', { '@context': 5 }, 'JSON_LD_INVALID'],
    ['terms in a circle', { '@context': { a: 'b:x', b: 'a:x' } }, 'JSON_LD_INVALID'],
    ['an id that is a number', { '@id': 5, 'urn:p': 1 }, 'JSON_LD_INVALID'],
    ['a number', 5, 'JSON_LD_INVALID'],
    ['null', null, 'JSON_LD_INVALID'],
  ];
  for (const [name, document, code] of refused) {
    it(`refuses ${name}`, async () => expect((await refusal(document)).code).to.equal(code));
  }

  it('says which context it does not know, and which it does', async () => {
    const { message, details } = await refusal({ '@context': 'https://evil.example/c' });
    expect(message).to.include('https://evil.example/c');
    expect(details).to.deep.equal({ context: 'https://evil.example/c', known: knownContexts });
  });

  it('takes a document of the greatest depth', async () => {
    expect(await expandJsonLd(nested(32), { base })).to.have.length(1);
  });

  it('is not fooled by the names of JavaScript’s own properties', async () => {
    const document: unknown = JSON.parse(
      '{"@context":{"__proto__":"urn:p","constructor":"urn:c"},"__proto__":{"urn:q":1},"constructor":"x"}',
    );
    await expandJsonLd(document, { base });
    expect(({} as Record<string, unknown>)['urn:q']).to.equal(undefined);
  });
});

/** Objects within one another, the innermost with a value. */
function nested(depth: number): unknown {
  let document: unknown = { 'urn:p': 1 };
  for (let i = 1; i < depth; i++) document = { 'urn:p': document };
  return document;
}

function manyTerms(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, `urn:t:${i}`]));
}
