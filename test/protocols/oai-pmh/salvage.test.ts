import { expect } from 'chai';
import { type OaiIssueCode, type OaiResponse, readOaiResponse } from '../../../protocols/oai-pmh/index.ts';
import { aFault, aPage } from './pages.ts';

const next = { value: 'next', completeListSize: 9, cursor: 0 };

interface Outcome {
  /** Numbers of the records that were read. */
  read: number[];
  issues: OaiIssueCode[];
  token: string | undefined;
  truncated: boolean;
}

function outcome(body: string | Uint8Array): Outcome {
  const response = readOaiResponse(body);
  const { answer } = response;
  if (answer.verb !== 'ListRecords') throw new Error(answer.verb);
  return {
    read: answer.records.map(({ header }) => Number(header.identifier.split(':').at(-1))),
    issues: response.issues.map(({ code }) => code),
    token: answer.token?.value,
    truncated: response.truncated,
  };
}

function lost(response: OaiResponse) {
  return response.issues.filter(({ code }) => code === 'OAI_RECORD_UNREADABLE').map(({ place }) => place);
}

describe('a damaged page', () => {
  const page = aPage([1, 2, 3, 4], next);
  const spoil = (text: string, by: string): string => page.replace(text, by);
  const oneLost = {
    read: [1, 3, 4],
    issues: ['OAI_PAGE_DAMAGED', 'OAI_RECORD_UNREADABLE'],
    token: 'next',
    truncated: false,
  };

  const cases: [what: string, body: string, outcome: object][] = [
    ['a control character', spoil('Title 2', 'Title \u0001 2'), oneLost],
    ['a bare ampersand', spoil('Title 2', 'R & D 2'), oneLost],
    ['an unknown entity', spoil('Title 2', 'Title &unknown; 2'), oneLost],
    ['a tag left open', spoil('Title 2', '<b>Title 2'), oneLost],
    ['tags that cross', spoil('Title 2', '<i><b>Title 2</i></b>'), oneLost],
    ['an attribute without quotes', spoil('Title 2', '<b x=1>Title</b>'), oneLost],
    ['a reference to no character', spoil('Title 2', '&#xFFFFFFF;'), oneLost],
    ['more depth than is read', spoil('Title 2', '<a>'.repeat(200) + '</a>'.repeat(200)), oneLost],
    ['a record that stops in the middle', page.replace(/Title 2<.*?<\/record>/, 'Title 2'), oneLost],
    [
      'a record whose start is damaged',
      page.replace(/<record>(<header><identifier>oai:repository.example:2)/, '<recrd>$1'),
      oneLost,
    ],
    [
      'a first record whose start is damaged',
      page.replace('<record><header>', '<recrd><header>'),
      { ...oneLost, read: [2, 3, 4] },
    ],
    [
      'text after its end',
      `${page}\n<!-- 0.2 s --> Warning: x`,
      { read: [1, 2, 3, 4], issues: ['OAI_PAGE_DAMAGED'], token: 'next', truncated: false },
    ],
    [
      'a warning before it',
      `<br /><b>Warning</b>: mysql on line 7\n${page}`,
      { read: [1, 2, 3, 4], issues: ['OAI_PAGE_DAMAGED'], token: 'next', truncated: false },
    ],
    [
      'a document type',
      page.replace('<OAI-PMH', '<!DOCTYPE OAI-PMH SYSTEM "x.dtd"><OAI-PMH'),
      { read: [1, 2, 3, 4], issues: ['OAI_PAGE_DAMAGED'], token: 'next', truncated: false },
    ],
    [
      'an entity bomb',
      spoil('Title 2', '&lol9;').replace(
        '<OAI-PMH',
        '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol9 "&lol;&lol;">]><OAI-PMH',
      ),
      oneLost,
    ],
    [
      'a damaged token',
      page.replace(/<resumptionToken[^>]*>next/, '<resumptionToken>a & b'),
      { read: [1, 2, 3, 4], issues: ['OAI_PAGE_DAMAGED'], token: undefined, truncated: false },
    ],
  ];
  for (const [what, body, expected] of cases) {
    it(`with ${what} gives up what cannot be read, and nothing else`, () => {
      expect(outcome(body)).to.deep.equal(expected);
      expect(outcome(Buffer.from(body))).to.deep.equal(expected);
    });
  }

  it('tells which record was lost, by place in the page, byte and identifier', () => {
    const body = spoil('Title 3', 'R & D').replaceAll('Title 1', 'Título ünö');
    const [place] = lost(readOaiResponse(body));
    expect(place).to.include({ record: 2, identifier: 'oai:repository.example:3' });
    expect(Buffer.from(body).subarray(place!.offset).toString()).to.match(
      /^<record><header><identifier>oai:repository.example:3</,
    );
  });

  it('takes records of MARCXML, which have the same name, for what they are', () => {
    const marc =
      '<metadata><record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record></metadata>';
    const body = page
      .replaceAll(/<metadata>.*?<\/metadata>/g, marc)
      .replace('<leader>x</leader>', '<leader>R & D</leader>');
    expect(outcome(body)).to.deep.equal({ ...oneLost, read: [2, 3, 4] });
  });

  it('in a thousand places is given up there', () => {
    const numbers = Array.from({ length: 1200 }, (_, n) => n);
    const { read, issues } = outcome(aPage(numbers, next).replaceAll(/Title \d*[02468]</g, 'R & D<'));
    expect(read).to.have.length(600);
    expect(issues).to.have.length(601);

    const worse = outcome(aPage(numbers, next).replaceAll('Title', '&'));
    expect(worse).to.deep.include({ read: [], token: 'next', truncated: false });
    expect(worse.issues).to.have.length(1001);
    expect(worse.issues.at(-1)).to.equal('OAI_MORE_ISSUES');
  });

  it('keeps the namespaces that were declared around its records', () => {
    const body = page
      .replace('<OAI-PMH', '<OAI-PMH xmlns:dc="http://purl.org/dc/elements/1.1/"')
      .replaceAll(' xmlns:dc="http://purl.org/dc/elements/1.1/">', '>')
      .replace('Title 2', '&');
    const { answer } = readOaiResponse(body);
    const metadata = answer.verb === 'ListRecords' ? answer.records[0]!.metadata! : undefined;
    expect(metadata!.element.children[0]!.namespace).to.equal('http://purl.org/dc/elements/1.1/');
    expect(metadata!.xml).to.contain('xmlns:dc="http://purl.org/dc/elements/1.1/"');
  });

  it('may still be an OAI-PMH error', () => {
    const answer = readOaiResponse(
      aFault('badResumptionToken', 'expired')
        .replace('expired', 'expired')
        .replace('<request>', '<request>&'),
    ).answer;
    expect(answer).to.deep.equal({
      verb: 'error',
      faults: [{ condition: 'badResumptionToken', message: 'expired' }],
    });
  });

  it('may be an answer to GetRecord', () => {
    const body = aPage([1]).replaceAll('ListRecords', 'GetRecord').replace('</OAI-PMH>', '</OAI-PMH>!');
    expect(readOaiResponse(body).answer).to.include({ verb: 'GetRecord' });
  });
});

describe('a page that was cut off', () => {
  const page = aPage([1, 2, 3], next);

  it('after a record looks like a shorter page, and is told from one', () => {
    for (const records of [1, 2, 3]) {
      const ends = [...page.matchAll(/<\/record>/g)].map((match) => match.index + '</record>'.length);
      const cut = outcome(page.slice(0, ends[records - 1]));
      expect(cut.read).to.have.length(records);
      expect(cut).to.include({ token: undefined, truncated: true });
      expect(cut.issues).to.deep.equal(['OAI_PAGE_DAMAGED', 'OAI_PAGE_TRUNCATED']);
    }
  });

  it('within a record loses that record alone', () => {
    expect(outcome(page.slice(0, page.indexOf('Title 3')))).to.deep.equal({
      read: [1, 2],
      issues: ['OAI_PAGE_DAMAGED', 'OAI_RECORD_UNREADABLE', 'OAI_PAGE_TRUNCATED'],
      token: undefined,
      truncated: true,
    });
  });

  it('after its token, or after its list, has lost nothing', () => {
    expect(outcome(page.slice(0, page.indexOf('</ListRecords>')))).to.include({
      token: 'next',
      truncated: false,
    });
    const last = aPage([1, 2]);
    expect(outcome(last.slice(0, last.indexOf('</OAI-PMH>')))).to.include({
      token: undefined,
      truncated: false,
    });
  });

  it('within its token has no token', () => {
    expect(outcome(page.slice(0, page.indexOf('next</resumptionToken>') + 2))).to.include({
      token: undefined,
      truncated: true,
    });
  });

  it('anywhere is read without hanging, and never taken for the end of the list', () => {
    const { length } = page;
    for (let cut = 1; cut < length; cut += 1) {
      const body = page.slice(0, cut);
      let response: OaiResponse | undefined;
      try {
        response = readOaiResponse(body);
      } catch (error) {
        expect(error)
          .to.have.property('code')
          .that.is.oneOf(['OAI_TRUNCATED', 'OAI_NOT_XML', 'OAI_UNREADABLE']);
        continue;
      }
      const { answer, truncated } = response;
      if (answer.verb !== 'ListRecords') throw new Error(answer.verb);
      expect(answer.token?.value === 'next' || truncated, body.slice(-60)).to.equal(true);
    }
  });
});
