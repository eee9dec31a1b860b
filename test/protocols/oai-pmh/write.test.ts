import { expect } from 'chai';
import fc from 'fast-check';
import {
  type OaiAnswer,
  type ProvidedAnswer,
  readOaiResponse,
  writeOaiResponse,
} from '../../../protocols/oai-pmh/index.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { aRecord, baseUrl, responseDate } from './pages.ts';

const identify = {
  repositoryName: 'Årchive & Söns',
  baseUrl,
  protocolVersion: '2.0',
  adminEmails: ['a@repository.example', 'b@repository.example'],
  earliestDatestamp: '1990-02-01T12:00:00Z',
  deletedRecord: 'persistent',
  granularity: 'YYYY-MM-DDThh:mm:ssZ',
  compressions: ['gzip'],
} as const;

describe('writing an OAI-PMH answer', () => {
  it('has the envelope of the protocol', () => {
    const xml = writeOaiResponse({
      responseDate,
      baseUrl,
      request: { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', set: 'a:b' },
      answer: {
        verb: 'ListIdentifiers',
        headers: [aRecord(1).header],
        token: { value: '', completeListSize: 1, cursor: 0 },
      },
    });
    expect(xml).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
        ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">' +
        `<responseDate>${responseDate}</responseDate>` +
        `<request verb="ListIdentifiers" metadataPrefix="oai_dc" set="a:b">${baseUrl}</request>` +
        '<ListIdentifiers><header><identifier>oai:repository.example:1</identifier>' +
        '<datestamp>2025-06-01T10:00:00Z</datestamp><setSpec>articles</setSpec></header>' +
        '<resumptionToken completeListSize="1" cursor="0"/></ListIdentifiers></OAI-PMH>',
    );
  });

  it('repeats the request’s arguments, but not of an illegal request', () => {
    const request = { verb: 'GetRecord', identifier: 'oai:x:"1"', metadataPrefix: 'oai_dc' } as const;
    const written = (condition: string) => {
      const faults = [{ condition, message: 'No.' }];
      return readXml(
        writeOaiResponse({ responseDate, baseUrl, request, answer: { verb: 'error', faults } }),
      ).child('request')!;
    };
    expect({ ...written('idDoesNotExist').attributes }).to.deep.equal(request);
    expect({ ...written('badArgument').attributes }).to.deep.equal({});
    expect({ ...written('badVerb').attributes }).to.deep.equal({});
    expect(written('badVerb').text).to.equal(baseUrl);
  });

  it('gives a deleted record its status and no metadata', () => {
    const record = { ...aRecord(1), header: { ...aRecord(1).header, deleted: true } };
    const xml = writeOaiResponse({ responseDate, baseUrl, answer: { verb: 'GetRecord', record } });
    expect(xml).to.contain('<record><header status="deleted">').and.to.not.contain('<metadata>');
  });

  it('has places for descriptions and for what is said about a record', () => {
    const record = { ...aRecord(1), about: ['<p xmlns="urn:p"/>'] };
    expect(writeOaiResponse({ responseDate, baseUrl, answer: { verb: 'GetRecord', record } })).to.contain(
      '</metadata><about><p xmlns="urn:p"/></about></record>',
    );
    const answer: ProvidedAnswer = {
      verb: 'Identify',
      identify: { ...identify, adminEmails: [], compressions: [] },
      descriptions: ['<d xmlns="urn:d"/>'],
    };
    expect(writeOaiResponse({ responseDate, baseUrl, answer })).to.contain(
      '<description><d xmlns="urn:d"/></description></Identify>',
    );
  });

  it('reads back as it was written, for every verb', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme-ascii' }).map((written) => `x${written.trim()}`);
    const header = fc.record({
      identifier: text,
      datestamp: fc.constantFrom('2025-06-01', '2025-06-01T10:00:00Z'),
      sets: fc.array(text, { maxLength: 3 }),
      deleted: fc.boolean(),
    });
    const token = fc.record(
      {
        value: fc.oneof(fc.constant(''), text),
        completeListSize: fc.nat(),
        cursor: fc.nat(),
        expirationDate: fc.constant('2026-01-02T00:00:00Z'),
      },
      { requiredKeys: ['value'] },
    );
    const answer = fc.oneof(
      fc.record({
        verb: fc.constant('Identify' as const),
        identify: fc.constantFrom(identify, { ...identify, deletedRecord: 'no', granularity: 'YYYY-MM-DD' }),
      }),
      fc.record({
        verb: fc.constant('ListMetadataFormats' as const),
        formats: fc.array(fc.record({ prefix: text, schema: text, namespace: text })),
      }),
      fc.record({
        verb: fc.constant('ListSets' as const),
        sets: fc.array(fc.record({ spec: text, name: text })),
        token,
      }),
      fc.record({ verb: fc.constant('ListIdentifiers' as const), headers: fc.array(header), token }),
      fc.record({ verb: fc.constant('ListRecords' as const), records: fc.array(header), token }),
      fc.record({
        verb: fc.constant('error' as const),
        faults: fc.array(fc.record({ condition: text, message: text }), { minLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(answer, (given) => {
        const provided = (
          given.verb === 'ListRecords'
            ? {
                ...given,
                records: given.records.map((one) => ({
                  header: one,
                  ...(!one.deleted && { metadata: aRecord(1).metadata }),
                })),
              }
            : given
        ) as ProvidedAnswer;
        const response = readOaiResponse(writeOaiResponse({ responseDate, baseUrl, answer: provided }));
        expect(response).to.deep.include({ responseDate, issues: [], truncated: false });
        expect(comparable(response.answer)).to.deep.equal(provided);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});

/** With metadata as text, as it was provided. */
function comparable(answer: OaiAnswer): unknown {
  if (answer.verb !== 'ListRecords') return answer;
  const records = answer.records.map(({ header, metadata }) => ({
    header,
    ...(metadata !== undefined && { metadata: metadata.xml }),
  }));
  return { ...answer, records };
}
