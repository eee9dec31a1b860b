import { expect } from 'chai';
import { contextUrl } from '../../../vocab/context.ts';
import { collectionToJsonLd, itemToJsonLd, toNQuads } from '../../../vocab/json-ld/index.ts';
import { fullRecord, fullTombstone } from './full-record.ts';

const context = contextUrl('https://node.example');
const AS = 'https://www.w3.org/ns/activitystreams#';

describe('a list as JSON-LD', () => {
  it('is an ordered collection where it fits on one page', () => {
    const list = collectionToJsonLd({
      context,
      id: 'https://node.example/works/w1',
      items: [{ id: 'urn:x' }],
    });
    expect(list).to.deep.equal({
      '@context': context,
      type: 'OrderedCollection',
      id: 'https://node.example/works/w1',
      orderedItems: [{ id: 'urn:x' }],
    });
  });

  it('is a page with its neighbours otherwise', async () => {
    const page = collectionToJsonLd({
      context,
      id: 'https://node.example/search?q=x&page=2',
      partOf: 'https://node.example/search?q=x',
      totalItems: 3,
      startIndex: 1,
      prev: 'https://node.example/search?q=x',
      next: 'https://node.example/search?q=x&page=3',
      items: [{ ...itemToJsonLd(fullRecord), score: 3, reasons: ['open'] }, itemToJsonLd(fullTombstone)],
    });
    const quads = await toNQuads(page);
    const subject = '<https://node.example/search?q=x&page=2>';
    expect(quads).to.include(
      `${subject} <${AS}totalItems> "3"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>`,
    );
    expect(quads).to.include(`${subject} <${AS}partOf> <https://node.example/search?q=x>`);
    expect(quads).to.include(`${subject} <${AS}next> <https://node.example/search?q=x&page=3>`);
    expect(quads).to.match(/<[^>]*activitystreams#items> _:b\d+ \./);
    expect(quads).to.include(
      '<https://w3id.org/ngr#score> "3.0E0"^^<http://www.w3.org/2001/XMLSchema#double>',
    );
  });

  it('has an empty list of items where there are none', async () => {
    const quads = await toNQuads(
      collectionToJsonLd({ context, id: 'https://node.example/works/w1', items: [] }),
    );
    expect(quads).to.include(`<${AS}items> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .`);
  });

  it('refuses a term that the context does not define, instead of losing it', async () => {
    const list = collectionToJsonLd({ context, id: 'urn:x', items: [{ id: 'urn:y', colour: 'blue' }] });
    const error = await toNQuads(list).catch((error: unknown) => error);
    expect(error).to.be.instanceOf(Error);
  });
});
