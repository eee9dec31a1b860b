import { expect } from 'chai';
import { OaiError, type OaiResponse, readOaiResponse } from '../../../protocols/oai-pmh/index.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { aFault, aPage, aRecord, responseDate } from './pages.ts';

function records(response: OaiResponse) {
  if (response.answer.verb !== 'ListRecords' && response.answer.verb !== 'GetRecord')
    throw new Error(response.answer.verb);
  return response.answer.records;
}

describe('reading a page of ListRecords', () => {
  it('gives headers, metadata as a tree and as it was written, and the token', () => {
    const response = readOaiResponse(
      aPage([1, 2], {
        value: 'next',
        completeListSize: 10,
        cursor: 0,
        expirationDate: '2026-01-02T00:00:00Z',
      }),
    );
    const [first] = records(response);
    expect(first!.header).to.deep.equal(aRecord(1).header);
    expect(first!.metadata!.xml).to.equal(aRecord(1).metadata);
    expect(first!.metadata!.element.childText('title')).to.equal('Title 1');
    expect(response).to.deep.include({ responseDate, issues: [], truncated: false });
    expect(response.answer).to.have.deep.property('token', {
      value: 'next',
      completeListSize: 10,
      cursor: 0,
      expirationDate: '2026-01-02T00:00:00Z',
    });
  });

  it('gives deleted records without metadata', () => {
    const page = aPage([1])
      .replace('<header>', '<header status="deleted">')
      .replace(/<metadata>.*<\/metadata>/, '');
    expect(records(readOaiResponse(page))).to.deep.equal([
      { header: { ...aRecord(1).header, deleted: true } },
    ]);
  });

  it('knows any prefix, and makes metadata stand alone', () => {
    const page =
      '<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><o:ListRecords>' +
      '<o:record><o:header><o:identifier> oai:x:1 </o:identifier><o:datestamp>2025-06-01</o:datestamp></o:header>' +
      '<o:metadata> <dc:dc><dc:title>A&nbsp;B</dc:title></dc:dc> </o:metadata></o:record></o:ListRecords></o:OAI-PMH>';
    const [record] = records(readOaiResponse(page));
    expect(record!.header).to.deep.equal({
      identifier: 'oai:x:1',
      datestamp: '2025-06-01',
      sets: [],
      deleted: false,
    });
    const xml = '<dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A\u00a0B</dc:title></dc:dc>';
    expect(record!.metadata!.xml).to.equal(xml);
    expect(readXml(xml).childText('title')).to.equal('A\u00a0B');
  });

  it('reads bytes by their encoding, and says where that was wrong', () => {
    const latin1 = Buffer.from(aPage([1]).replace('UTF-8', 'ISO-8859-1'), 'latin1');
    const creator = (response: OaiResponse): string =>
      records(response)[0]!.metadata!.element.childText('creator');
    expect(creator(readOaiResponse(latin1))).to.equal('Ågren, Å.');
    expect(readOaiResponse(latin1).issues).to.deep.equal([]);

    const undeclared = readOaiResponse(Buffer.from(aPage([1]), 'latin1'));
    expect(creator(undeclared)).to.equal('Ågren, Å.');
    expect(undeclared.issues.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal([
      'warning OAI_WRONG_ENCODING',
    ]);

    const overruled = readOaiResponse(Buffer.from(aPage([1])), {
      contentType: 'text/xml; charset=ISO-8859-1',
    });
    expect(creator(overruled)).to.equal('Ågren, Å.');
    expect(overruled.issues).to.have.length(1);
  });

  it('bears empty lines before the declaration', () => {
    expect(records(readOaiResponse(`\n\n  ${aPage([1])}`))).to.have.length(1);
  });

  it('keeps a record whose datestamp is none, by the date of the page, and says so', () => {
    const response = readOaiResponse(aPage([1, 2]).replace('2025-06-01T10:00:00Z', 'yesterday'));
    expect(records(response)[0]!.header.datestamp).to.equal(responseDate);
    expect(response.issues).to.have.length(1);
    expect(response.issues[0]).to.deep.include({ code: 'OAI_BAD_DATESTAMP', severity: 'warning' });
    expect(response.issues[0]!.place).to.include({ record: 0, identifier: 'oai:repository.example:1' });
  });

  it('brings datestamps to the form of the protocol', () => {
    for (const [written, datestamp] of [
      ['2025-06-01T10:00:00.123Z', '2025-06-01T10:00:00Z'],
      ['2025-06-01T10:00:00+02:00', '2025-06-01T08:00:00Z'],
      ['2025-06-01T10:00:00', '2025-06-01T10:00:00Z'],
      ['2025-06-01 10:00:00', '2025-06-01T10:00:00Z'],
      ['2025-06-01', '2025-06-01'],
    ] as const) {
      const response = readOaiResponse(aPage([1]).replace('2025-06-01T10:00:00Z', written));
      expect(records(response)[0]!.header.datestamp, written).to.equal(datestamp);
    }
  });

  it('lists records without identifier, header or metadata as issues, with their place', () => {
    const page = aPage([1, 2, 3, 4])
      .replace('<identifier>oai:repository.example:1</identifier>', '')
      .replace(/(<header><identifier>oai:repository.example:2.*?)<metadata>.*?<\/metadata>/, '$1')
      .replace(/<header><identifier>oai:repository.example:3.*?<\/header>/, '');
    const response = readOaiResponse(page);
    expect(records(response).map(({ header }) => header.identifier)).to.deep.equal([
      'oai:repository.example:4',
    ]);
    expect(response.issues.map(({ code, place }) => [code, place.record, place.identifier])).to.deep.equal([
      ['OAI_RECORD_INCOMPLETE', 0, undefined],
      ['OAI_RECORD_INCOMPLETE', 1, 'oai:repository.example:2'],
      ['OAI_RECORD_INCOMPLETE', 2, undefined],
    ]);
    for (const { place } of response.issues)
      expect(Buffer.from(page).subarray(place.offset).toString()).to.match(/^<(record|header)>/);
  });

  it('refuses an identifier that no database would hold', () => {
    const response = readOaiResponse(aPage([1]).replace('oai:repository.example:1', 'x'.repeat(5000)));
    expect(records(response)).to.deep.equal([]);
    expect(response.issues[0]).to.include({ code: 'OAI_RECORD_INCOMPLETE' });
  });
});

describe('reading an OAI-PMH error', () => {
  it('gives all conditions and messages', () => {
    const answer = aFault('badArgument', 'one').replace(
      '</OAI-PMH>',
      '<error code="odd"> two </error></OAI-PMH>',
    );
    expect(readOaiResponse(answer).answer).to.deep.equal({
      verb: 'error',
      faults: [
        { condition: 'badArgument', message: 'one' },
        { condition: 'odd', message: 'two' },
      ],
    });
  });
});

describe('what is no OAI-PMH answer', () => {
  const cases: [what: string, body: string, code: string, says?: RegExp][] = [
    ['nothing at all', '', 'OAI_EMPTY'],
    ['white space', ' \n\n ', 'OAI_EMPTY'],
    [
      'a web page',
      '<!DOCTYPE html><html><head><title>Just a moment…</title></head></html>',
      'OAI_NOT_XML',
      /Just a moment…/,
    ],
    ['a web page without a doctype', '<html><body>Log in</body></html>', 'OAI_NOT_XML'],
    [
      'a web page in XHTML',
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0" "x"><html><body/></html>',
      'OAI_NOT_XML',
    ],
    ['plain text', 'Internal error: out of memory', 'OAI_NOT_XML', /Internal error/],
    ['JSON', '{"error":"not found"}', 'OAI_NOT_XML'],
    ['other XML', '<rss version="2.0"><channel/></rss>', 'OAI_NOT_OAI', /<rss>/],
    ['an envelope without an answer', '<OAI-PMH><responseDate/></OAI-PMH>', 'OAI_NOT_OAI'],
    ['a page cut off in its head', aPage([1]).slice(0, 300), 'OAI_TRUNCATED'],
    [
      'a page cut off before any record',
      aPage([1]).slice(0, aPage([1]).indexOf('<record>')),
      'OAI_TRUNCATED',
    ],
    [
      'a broken answer without records',
      '<OAI-PMH><Identify><repositoryName>R & D</repositoryName></Identify></OAI-PMH>',
      'OAI_UNREADABLE',
    ],
    [
      'an entity bomb without records',
      '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><OAI-PMH><Identify>&b;</Identify></OAI-PMH>',
      'OAI_UNREADABLE',
    ],
  ];
  for (const [what, body, code, says] of cases) {
    it(`${what} is ${code}`, () => {
      for (const form of [body, Buffer.from(body)]) {
        expect(() => readOaiResponse(form, { from: 'http://x.example/oai' }))
          .to.throw(OaiError, says ?? /^http:\/\/x.example\/oai answered/)
          .that.includes({ code });
      }
    });
  }
});
