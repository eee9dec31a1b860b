import { expect } from 'chai';
import {
  BEHAVIOURS,
  behaviourChecks,
  SelfAssessment,
  type CheckName,
  type Verdict,
} from '../../node/assessment/index.ts';
import { systemClock } from '../../node/clock.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { doctoredNode, type Doctored, type DoctoredNode } from './support/doctored-node.ts';

const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
const LIST = 'https://node.example/resourcesync/resourcelist.xml';
const ORCID = '0000-0003-1161-7359';

describe('the checks of the behaviours', () => {
  let site: TestSite;
  let node: DoctoredNode;
  let key: string;
  before(async () => {
    site = await aSite();
    [key = ''] = await site.put(
      aPut(1, {
        identifiers: [{ scheme: 'doi', value: '10.1000/1' }],
        licence: LICENCE,
        creators: [{ name: 'Knoth, Petr', orcid: ORCID, kind: 'person' }],
      }),
      aPut(2),
    );
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Retracted' });
  });
  after(async () => {
    await site.close();
  });
  beforeEach(async () => {
    node = await doctoredNode(site.url);
  });
  afterEach(async () => {
    await node.close();
  });

  /** What all checks say, or some of them. */
  const verdicts = async (...only: CheckName[]): Promise<ReadonlyMap<CheckName, Verdict>> => {
    const checks = [...behaviourChecks].filter(([name]) => only.length === 0 || only.includes(name));
    const assessment = new SelfAssessment({
      checks: new Map(checks),
      base: 'https://node.example',
      url: node.url,
      fetch: (address, init) => fetch(address, init),
      clock: systemClock,
      log: silentLog,
    });
    return (await assessment.renew()).verdicts;
  };
  const outcomesOf = (all: ReadonlyMap<CheckName, Verdict>, outcome: string): CheckName[] =>
    [...all].filter(([, verdict]) => verdict.outcome === outcome).map(([name]) => name);

  it('belong to the eleven behaviours of the report, each of which has one', () => {
    expect(BEHAVIOURS).to.have.length(11);
    expect(BEHAVIOURS.filter(({ checks }) => checks.length === 0)).to.deep.equal([]);
    expect(BEHAVIOURS.flatMap(({ checks }) => checks)).to.have.members([...behaviourChecks.keys()]);
  });

  it('all pass on a node that has something of everything, and tell where they saw it', async () => {
    const all = await verdicts();
    expect([...all].filter(([, { outcome }]) => outcome !== 'passed')).to.deep.equal([]);
    for (const [name, verdict] of all) {
      expect('seen' in verdict && verdict.seen.length, name).to.be.greaterThan(0);
    }
    expect(all.get('namesLicences')).to.deep.include({
      seen: [
        {
          kind: 'share',
          address: `https://node.example/records?origin=${site.catalogue.node}&limit=100`,
          what: 'licence',
          count: 1,
          of: 1,
        },
      ],
    });
    expect(all.get('namesCitation')).to.deep.include({
      seen: [
        {
          kind: 'link',
          address: `https://node.example/records/${key}`,
          rel: 'cite-as',
          href: 'https://doi.org/10.1000/1',
        },
      ],
    });
  });

  it('ask for no assessment, write nothing, and are not counted as use', async () => {
    await verdicts();
    expect(node.asked.filter((request) => /assessments/.test(request))).to.deep.equal([]);
    expect(new Set(node.asked.map((request) => request.split(' ')[0]))).to.have.keys([
      'GET',
      'HEAD',
      'OPTIONS',
    ]);
    await site.counted();
    expect((await site.usage.counts(key)).totalInvestigations).to.equal(0);
  });

  const without = (pattern: RegExp, instead = '') => {
    return (answer: Doctored): void => {
      answer.body = answer.body.replaceAll(pattern, instead);
    };
  };
  const unlinked = (rel: string) => {
    return (answer: Doctored): void => {
      answer.headers['link'] = (answer.headers['link'] ?? '').replaceAll(`rel="${rel}"`, 'rel="none"');
    };
  };
  const status = (code: number) => {
    return (answer: Doctored): void => {
      answer.status = code;
    };
  };
  const RECORD = /^GET \/records\/\w{20}$/;

  const spoilt: readonly [what: string, request: RegExp, treatment: (answer: Doctored) => void, CheckName][] =
    [
      [
        'a record tells another id',
        RECORD,
        without(/"id":"https:\/\/node\.example/g, '"id":"https://other.example'),
        'resolvesIdentifiers',
      ],
      ['an OAI identifier leads nowhere', /^GET \/records\/oai/, status(404), 'resolvesIdentifiers'],
      [
        'an OAI identifier leads elsewhere',
        /^GET \/records\/oai/,
        (answer) => {
          answer.headers['location'] = 'https://other.example/';
        },
        'resolvesIdentifiers',
      ],
      ['a page names no citation', RECORD, unlinked('cite-as'), 'namesCitation'],
      [
        'a page names another citation',
        RECORD,
        (answer) => {
          answer.headers['link'] = (answer.headers['link'] ?? '').replace('10.1000/1', '10.1000/2');
        },
        'namesCitation',
      ],
      [
        'records have lost their licences',
        /^GET \/records\?/,
        without(/"licence":"[^"]*",/g),
        'namesLicences',
      ],
      ['a page links to no licence', RECORD, unlinked('license'), 'linksLicence'],
      [
        'a page links to another licence',
        RECORD,
        (answer) => {
          answer.headers['link'] = (answer.headers['link'] ?? '').replace('licenses/by/', 'licenses/by-nc/');
        },
        'linksLicence',
      ],
      ['a page has no link set', RECORD, unlinked('linkset'), 'followsSignposts'],
      ['the link set is no JSON', /linkset$/, without(/^\{/g), 'followsSignposts'],
      ['descriptions do not lead back', /\?format=/, unlinked('describes'), 'followsSignposts'],
      ['robots.txt names no sitemap', /robots\.txt$/, without(/Sitemap:/g), 'followsSitemap'],
      ['the sitemap is none', /resourcelist\.xml$/, without(/urlset/g, 'html'), 'followsSitemap'],
      [
        'the sitemap leads away',
        /resourcelist\.xml$/,
        without(/<loc>https:\/\/node\.example/g, '<loc>https://other.example'),
        'followsSitemap',
      ],
      ['the front page does not lead to the list', /^GET \/$/, without(/href="\/records"/g), 'followsPages'],
      [
        'the list does not lead to the record',
        /^GET \/records\?/,
        without(/href="\/records\/\w{20}/g),
        'followsPages',
      ],
      [
        'a record has no inbox',
        /records\/\w{20}$/,
        (answer) => {
          unlinked('http://www.w3.org/ns/ldp#inbox')(answer);
          without(/"inbox":/g, '"box":')(answer);
        },
        'invitesReviews',
      ],
      [
        'the inbox does not say what it takes',
        /^OPTIONS \/inbox$/,
        (answer) => {
          delete answer.headers['accept-post'];
        },
        'invitesReviews',
      ],
      [
        'the constraints are empty',
        /constraints$/,
        without(/"dcterms:hasPart"/g, '"nothing"'),
        'invitesReviews',
      ],
      [
        'a resource has other bytes than the list says',
        RECORD,
        without(/A title/g, 'B title'),
        'transfersResource',
      ],
      ['ResourceSync is not described', /\.well-known\/resourcesync$/, status(404), 'transfersResource'],
      ['the list tells no checksums', /resourcelist\.xml$/, without(/hash="[^"]*"/g), 'transfersResource'],
      [
        'the list is an index of itself',
        /resourcelist\.xml$/,
        (answer) => {
          answer.body = answer.body
            .replaceAll('urlset', 'sitemapindex')
            .replaceAll(/<url>.*<\/url>/gs, `<sitemap><loc>${LIST}</loc></sitemap>`);
        },
        'transfersResource',
      ],
      [
        'OAI-PMH is of another address',
        /Identify/,
        without(/node\.example\/oai/g, 'other.example/oai'),
        'listsRecords',
      ],
      ['a page of records is not well-formed', /ListRecords/, without(/<\/metadata>/g), 'listsRecords'],
      ['the dump has no packages in parts', /resourcedump\/.*\.zip$/, status(200), 'givesDump'],
      ['a package is no ZIP', /resourcedump\/.*\.zip$/, without(/^PK/g, '<h'), 'givesDump'],
      [
        'the node names no inbox',
        /(?:GET|HEAD) \/$/,
        (answer) => {
          unlinked('http://www.w3.org/ns/ldp#inbox')(answer);
          without(/inbox/g, 'box')(answer);
        },
        'showsNotifications',
      ],
      [
        'the inbox shows nothing',
        /^GET \/inbox$/,
        without(/ldp:contains/g, 'ldp:nothing'),
        'showsNotifications',
      ],
      ['the list of changes is gone', /changelist\.xml$/, status(500), 'showsChanges'],
      [
        'the list of changes does not tell its beginning',
        /changelist\.xml$/,
        without(/ from="[^"]*"/g),
        'showsChanges',
      ],
      [
        'the capability list names no hub',
        /capabilitylist\.xml$/,
        without(/rel="hub"/g, 'rel="none"'),
        'offersHub',
      ],
      ['the channel names no hub', /change-notification\.xml$/, unlinked('hub'), 'offersHub'],
      ['the channel is of another topic', /change-notification\.xml$/, unlinked('self'), 'offersHub'],
      ['the hub is missing', /\/websub$/, status(404), 'offersHub'],
      ['records name no ORCID', /^GET \/records\?/, without(/"orcid"/g, '"other"'), 'namesAuthors'],
      ['a page links to no author', RECORD, unlinked('author'), 'namesAuthors'],
      ['the manager’s side is open', /\/api\/status$/, status(200), 'demandsToken'],
      [
        'the manager’s side does not say how',
        /\/api\/status$/,
        (answer) => {
          delete answer.headers['www-authenticate'];
        },
        'demandsToken',
      ],
      [
        'the totals are not the sums',
        /\/usage$/,
        without(/"investigations":0/g, '"investigations":7'),
        'showsTotals',
      ],
      ['the usage is no JSON', /\/usage$/, without(/^\{/g), 'showsTotals'],
      ['the tracker is missing', /\/tracker$/, status(404), 'takesUsage'],
      ['the list tells no checksums', /resourcelist\.xml$/, without(/hash="[^"]*"/g), 'givesChecksums'],
      [
        'a tombstone answers as if it had never been',
        RECORD,
        (answer) => {
          if (answer.status === 410) answer.status = 404;
        },
        'keepsTombstones',
      ],
      [
        'a tombstone is none',
        RECORD,
        without(/"type":"Tombstone"/g, '"type":"CreativeWork"'),
        'keepsTombstones',
      ],
    ];
  for (const [what, request, treatment, check] of spoilt) {
    it(`tell when ${what}: ${check}`, async () => {
      node.treat(request, treatment);
      const verdict = (await verdicts(check)).get(check);
      expect(verdict).to.include({ outcome: 'failed' });
      expect(verdict !== undefined && 'seen' in verdict && verdict.seen.length).to.be.greaterThan(0);
    });
  }

  it('fail all together where the node is not to be reached', async () => {
    await node.close();
    const all = await verdicts();
    expect(outcomesOf(all, 'failed')).to.have.members([...behaviourChecks.keys()]);
  });

  it('do not read an answer without end', async () => {
    node.treat(/\/usage$/, (answer) => {
      answer.body = ' '.repeat(9 * 1024 * 1024);
    });
    const verdict = (await verdicts('showsTotals')).get('showsTotals');
    expect(verdict).to.have.nested.property('seen[0].reason').that.includes('more than 8388608 bytes');
  });

  it('do not ask for a hub where the operator wants none', async () => {
    node.treat(/capabilitylist\.xml$/, without(/capability="change-notification"/g, 'capability="other"'));
    const verdict = (await verdicts('offersHub')).get('offersHub');
    expect(verdict).to.deep.equal({ outcome: 'inapplicable', why: 'no-channel' });
  });

  it('do not apply where there are no records yet', async () => {
    const empty = await aSite();
    const front = await doctoredNode(empty.url);
    const real = node;
    node = front;
    try {
      const all = await verdicts();
      expect(outcomesOf(all, 'failed')).to.deep.equal([]);
      expect(all.get('namesLicences')).to.deep.equal({ outcome: 'inapplicable', why: 'no-records' });
      expect(all.get('keepsTombstones')).to.deep.equal({ outcome: 'inapplicable', why: 'no-tombstones' });
      expect(outcomesOf(all, 'passed')).to.include.members(['demandsToken', 'showsTotals', 'showsChanges']);
    } finally {
      node = real;
      await front.close();
      await empty.close();
    }
  });
});
