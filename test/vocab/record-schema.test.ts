import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeHolding } from '../../vocab/block.ts';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import { checkHolding } from '../../vocab/record-schema.ts';
import { fullRecord } from './json-ld/full-record.ts';
import { checkInZod } from './support/record-schema-in-zod.ts';

const tombstone = {
  id: fullRecord.id,
  node: fullRecord.node,
  oaiIdentifier: 'oai:x:1',
  sets: ['a'],
  datestamp: '2026-01-01',
  titles: [{ value: 'Gone' }],
  identifiers: [{ scheme: 'doi', value: '10.1/x' }],
  tombstone: { kind: 'withdrawn', reason: 'asked for', at: 1 },
};

/** Places of a value, each with its holder, so that it can be altered there. */
function placesIn(value: unknown): [holder: Record<string, unknown>, name: string][] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name): [Record<string, unknown>, string][] => [
    [holder, name],
    ...placesIn(holder[name]),
  ]);
}

const otherValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    101,
    2 ** 53 - 1,
    [],
    {},
    'doi',
    'deleted',
    'open',
    'isPartOf',
  ),
  fc.constantFrom<unknown>(
    'x'.repeat(41),
    'x'.repeat(2_001),
    'é'.repeat(2_001),
    '🙂'.repeat(2_000),
    'x'.repeat(4_001),
  ),
  fc.constantFrom<unknown>(
    Array(101).fill('x'),
    Array.from({ length: 101 }, () => ({ value: 'x' })),
    new Uint8Array(2),
  ),
);
const alteration = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add'),
  value: otherValue,
});

describe('the form of a holding', () => {
  it('takes what the schema in zod takes, and nothing else', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<unknown>(fullRecord, tombstone),
        fc.array(alteration, { maxLength: 2 }),
        (original, alterations) => {
          const holding = structuredClone(original);
          for (const { at, how, value: given } of alterations) {
            const value = structuredClone(given);
            const places = placesIn(holding);
            const [holder, name] = places[at % places.length] ?? [{}, ''];
            if (how === 'replace') holder[name] = value;
            else if (Array.isArray(holder)) holder.push(value);
            else if (how === 'remove') delete holder[name];
            else holder[['title', 'reason', 'tombstone', 'award', 'unknown'][at % 5] ?? ''] = value;
          }
          const bytes = encodeCanonical(holding);
          const [own, inZod] = [checkHolding(bytes), checkInZod(dagCbor.decode(bytes))];
          expect('problem' in own, JSON.stringify(own).slice(0, 200)).to.equal('problem' in inZod);
          if (!('facts' in own)) return;
          taken += 1;
          const { id, node, oaiIdentifier, identifiers } = holding as typeof tombstone;
          expect(own.facts).to.deep.include({ id, node, oaiIdentifier, identifiers });
        },
      ),
      { seed: 7, numRuns: 1_500 },
    );
    expect(taken).to.be.greaterThan(200);
  });

  it('takes no bytes that the reference cannot read', () => {
    const whole = encodeCanonical(fullRecord);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(1), (at, byte, cut) => {
        const bytes = Uint8Array.from(whole.subarray(0, whole.length - cut));
        bytes[Math.min(at, bytes.length - 1)] = byte;
        if ('problem' in checkHolding(bytes)) return;
        const value = dagCbor.decode(bytes);
        expect(checkInZod(value)).to.have.property('holding');
        expect(encodeCanonical(value)).to.deep.equal(bytes);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('tells what a record is found by', () => {
    const checked = checkHolding(encodeCanonical(fullRecord));
    expect(checked).to.have.property('facts');
    expect(checkHolding(encodeCanonical(tombstone))).to.deep.include({
      facts: {
        id: tombstone.id,
        node: tombstone.node,
        oaiIdentifier: 'oai:x:1',
        identifiers: tombstone.identifiers,
        gone: 'withdrawn',
      },
    });
  });

  it('tells it as it is read again later, so that what is indexed by it is found and taken away', () => {
    const identifiers = [{ scheme: 'doi', value: '\ufeff10.1/x' }];
    const block = encodeCanonical({ ...tombstone, oaiIdentifier: '\ufeffoai:x:1', identifiers });
    const { oaiIdentifier, identifiers: read } = decodeHolding(block);
    expect(checkHolding(block)).to.deep.nested.include({
      'facts.oaiIdentifier': oaiIdentifier,
      'facts.identifiers': read,
    });
  });

  it('tells where something is wrong', () => {
    const creators = [
      { name: 'A', kind: 'person' },
      { name: 'B', kind: 'robot' },
    ];
    const checked = checkHolding(encodeCanonical({ ...fullRecord, creators }));
    expect(checked).to.deep.equal({ problem: 'creators.1.kind: none of the values allowed' });
  });

  it('refuses names of properties in another order than the canonical one', () => {
    const { id, ...rest } = tombstone;
    const bytes = encodeCanonical({ ...rest, id });
    const name = Buffer.from(encodeCanonical('node'));
    const at = Buffer.from(bytes).indexOf(name);
    const first = bytes.subarray(1, at);
    const second = bytes.subarray(at, Buffer.from(bytes).indexOf(encodeCanonical('sets')));
    const swapped = Buffer.concat([bytes.subarray(0, 1), second, first, bytes.subarray(at + second.length)]);
    expect(dagCbor.decode(swapped)).to.deep.equal(tombstone);
    expect(checkHolding(swapped)).to.have.property('problem');
  });
});
