import { expect } from 'chai';
import fc from 'fast-check';
import { parseOaiRequest, utcSeconds, granularityOf } from '../../../protocols/oai-pmh/index.ts';

function faults(query: string, granularity?: 'YYYY-MM-DD'): string[] {
  const { faults: found = [] } = parseOaiRequest(new URLSearchParams(query), granularity);
  return found.map(({ condition, message }) => `${condition}: ${message}`);
}

describe('an OAI-PMH request', () => {
  for (const query of [
    'verb=Identify',
    'verb=ListMetadataFormats',
    'verb=ListMetadataFormats&identifier=oai:x:1',
    'verb=ListSets',
    'verb=ListSets&resumptionToken=t',
    'verb=GetRecord&identifier=oai:x:1&metadataPrefix=oai_dc',
    'verb=ListIdentifiers&metadataPrefix=oai_dc',
    'verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2020-01-01&set=a:b-c:d.e',
    'verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01T00:00:00Z',
    'verb=ListRecords&resumptionToken=t',
  ]) {
    it(`${query} is legal`, () => {
      const { request } = parseOaiRequest(new URLSearchParams(query));
      expect(request).to.deep.equal(Object.fromEntries(new URLSearchParams(query)));
    });
  }

  const illegal: [query: string, fault: RegExp][] = [
    ['', /^badVerb: .*missing/],
    ['verb=', /^badVerb/],
    ['verb=identify', /^badVerb: “identify” is no verb/],
    ['verb=Identify&verb=Identify', /^badVerb: .*repeated/],
    ['verb=__proto__', /^badVerb/],
    ['verb=Identify&identifier=x', /^badArgument: Identify takes no argument “identifier”/],
    ['verb=ListRecords', /^badArgument: ListRecords needs the argument metadataPrefix/],
    ['verb=GetRecord&identifier=x', /^badArgument: GetRecord needs the argument metadataPrefix/],
    ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', /^badArgument: .*repeated/],
    ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=t', /^badArgument: .*excludes all others/],
    ['verb=ListRecords&metadataPrefix=', /^badArgument: .*empty/],
    ['verb=ListRecords&metadataPrefix=oai%20dc', /^badArgument: “oai dc” is no metadata prefix/],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=a::b', /^badArgument: “a::b” is no set/],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&from=2020-02-30',
      /^badArgument: The argument from is no UTCdatetime/,
    ],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2020', /^badArgument: The argument from is no UTCdatetime/],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&until=2020-01-01T25:00:00Z',
      /^badArgument: The argument until is no UTCdatetime/,
    ],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-02&until=2020-01-01',
      /^badArgument: .*later than until/,
    ],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2020-01-01T00:00:00Z',
      /^badArgument: .*differ in granularity/,
    ],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&constructor=1',
      /^badArgument: .*takes no argument “constructor”/,
    ],
    [`verb=ListRecords&resumptionToken=${'x'.repeat(5000)}`, /^badArgument: .*too long/],
  ];
  for (const [query, fault] of illegal) {
    it(`${query.slice(0, 100)} is not legal`, () => {
      expect(faults(query)).to.have.length(1);
      expect(faults(query)[0]).to.match(fault);
    });
  }

  it('may not ask for seconds where the repository counts days', () => {
    expect(
      faults('verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01T00:00:00Z', 'YYYY-MM-DD')[0],
    ).to.match(/finer than/);
    expect(faults('verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01', 'YYYY-MM-DD')).to.deep.equal([]);
  });

  it('names every fault at once', () => {
    expect(faults('verb=ListRecords&from=x&set=&foo=1')).to.have.length(4);
  });

  it('is legal or has faults, whatever was sent', () => {
    const name = fc.oneof(
      fc.constantFrom('verb', 'from', 'until', 'set', 'metadataPrefix', 'resumptionToken', 'identifier'),
      fc.string(),
    );
    const value = fc.oneof(fc.constantFrom('ListRecords', 'GetRecord', 'oai_dc', '2020-01-01'), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (parameters) => {
        const { request, faults: found } = parseOaiRequest(parameters);
        expect(request === undefined).to.equal(found !== undefined);
        if (found !== undefined) expect(found).to.have.length.greaterThan(0);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

describe('a datestamp', () => {
  it('has the granularity of days or of seconds', () => {
    expect(granularityOf('2020-02-29')).to.equal('YYYY-MM-DD');
    expect(granularityOf('2020-02-29T23:59:59Z')).to.equal('YYYY-MM-DDThh:mm:ssZ');
    for (const text of [
      '2021-02-29',
      '2020-02-29T23:59:59',
      '2020-02-29T23:59:60Z',
      '2020',
      '',
      '20200229',
    ]) {
      expect(granularityOf(text), text).to.equal(undefined);
    }
    expect(granularityOf(utcSeconds(1_767_225_600_123))).to.equal('YYYY-MM-DDThh:mm:ssZ');
  });
});
