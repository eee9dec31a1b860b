import type { Route } from '../route.ts';

/** A request of OAI-PMH, and the conditions that it may be answered with (section 3.6). */
export type OaiCase = readonly [query: string, ...conditions: string[]];

const list = 'metadataPrefix=oai_dc';
const LISTS = ['ListRecords', 'ListIdentifiers'];
const forged = (token: object): string =>
  Buffer.from(
    JSON.stringify({ provider: 'PROVIDER', metadataPrefix: 'oai_dc', after: '', given: 0, ...token }),
  ).toString('base64url');

/** The arguments of each verb, and what is wrong with them. `PROVIDER` in a token stands for the node's own name in it. */
export const oaiCases: readonly OaiCase[] = [
  ['', 'badVerb'],
  ['verb=', 'badVerb'],
  ['verb', 'badVerb'],
  ['verb=identify', 'badVerb'],
  ['verb=ListRecordsV3', 'badVerb'],
  ['verb=Identify&verb=Identify', 'badVerb'],
  ['verb=%00', 'badVerb'],
  ['Verb=Identify', 'badVerb'],
  ['verb=Identify&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=Identify&verb2=x', 'badArgument'],
  ['verb=ListMetadataFormats&identifier=', 'badArgument'],
  ['verb=ListMetadataFormats&identifier=none', 'idDoesNotExist'],
  ['verb=ListMetadataFormats&set=a', 'badArgument'],
  ['verb=ListSets&set=a', 'badArgument'],
  ['verb=ListSets&resumptionToken=', 'badArgument'],
  ['verb=ListSets&resumptionToken=yesterday', 'badResumptionToken'],
  ['verb=GetRecord', 'badArgument'],
  [`verb=GetRecord&${list}`, 'badArgument'],
  ['verb=GetRecord&identifier=none', 'badArgument'],
  [`verb=GetRecord&${list}&identifier=none`, 'idDoesNotExist'],
  [`verb=GetRecord&${list}&identifier=__proto__`, 'idDoesNotExist'],
  [`verb=GetRecord&${list}&identifier=a&identifier=b`, 'badArgument'],
  ['verb=GetRecord&identifier=oai:repository.example:1&metadataPrefix=oai_dc2', 'cannotDisseminateFormat'],
  ['verb=GetRecord&identifier=oai:repository.example:1&metadataPrefix=received_', 'cannotDisseminateFormat'],
  ['verb=GetRecord&identifier=oai:repository.example:1&metadataPrefix=__proto__', 'cannotDisseminateFormat'],
  ...LISTS.flatMap((verb): OaiCase[] => [
    [`verb=${verb}`, 'badArgument'],
    [`verb=${verb}&metadataPrefix=`, 'badArgument'],
    [`verb=${verb}&metadataPrefix=a%20b`, 'badArgument'],
    [`verb=${verb}&metadataPrefix=oai_dc4`, 'cannotDisseminateFormat'],
    [`verb=${verb}&metadataPrefix=received_oai_dc`, 'cannotDisseminateFormat', 'noRecordsMatch'],
    [`verb=${verb}&${list}&${list}`, 'badArgument'],
    [`verb=${verb}&${list}&unknown=1`, 'badArgument'],
    [`verb=${verb}&${list}&identifier=a`, 'badArgument'],
    [`verb=${verb}&${list}&set=`, 'badArgument'],
    [`verb=${verb}&${list}&set=a::b`, 'badArgument'],
    [`verb=${verb}&${list}&set=%23year:2016`, 'badArgument'],
    [`verb=${verb}&${list}&set=none`, 'noRecordsMatch'],
    [`verb=${verb}&${list}&set=a&set=b`, 'badArgument'],
    ...['from', 'until'].flatMap((date): OaiCase[] =>
      [
        '',
        'now',
        '2026',
        '2026-01',
        '2026-13-01',
        '2026-02-30',
        '2026-01-01T00:00:00',
        '2026-01-01T24:00:01Z',
        '2026-01-01T00:00:00.000Z',
        '2026-01-01T00:00:00%2B01:00',
        '-271821-04-20',
        '%2B275760-09-13',
        '12026-01-01',
        '%D9%A2%D9%A0%D9%A2%D9%A6-01-01',
      ].map((value) => [`verb=${verb}&${list}&${date}=${value}`, 'badArgument']),
    ),
    [`verb=${verb}&${list}&until=0001-01-01`, 'noRecordsMatch'],
    [`verb=${verb}&${list}&from=9999-12-31`, 'noRecordsMatch'],
    [`verb=${verb}&${list}&from=2026-01-02&until=2026-01-01`, 'badArgument'],
    [`verb=${verb}&${list}&from=2026-01-01&until=2026-01-01T00:00:00Z`, 'badArgument'],
    ...[
      'yesterday',
      '%00',
      'e30',
      'bnVsbA',
      'W10',
      'eyJfX3Byb3RvX18iOnt9fQ',
      Buffer.from(`${'['.repeat(400)}${']'.repeat(400)}`).toString('base64url'),
      forged({ provider: 'another' }),
      forged({ after: 1 }),
      forged({ given: -1 }),
      forged({ given: 1e308 }),
      forged({ version: 2 }),
      forged({ metadataPrefix: undefined }),
    ].map((token): OaiCase => [`verb=${verb}&resumptionToken=${token}`, 'badResumptionToken']),
    [`verb=${verb}&resumptionToken=${forged({})}&${list}`, 'badArgument'],
    [`verb=${verb}&resumptionToken=${forged({ metadataPrefix: '__proto__' })}`, 'cannotDisseminateFormat'],
    [`verb=${verb}&resumptionToken=${forged({ from: 'never' })}`, 'badResumptionToken'],
    [`verb=${verb}&resumptionToken=${forged({ until: '9' })}`, 'badResumptionToken'],
    [`verb=${verb}&resumptionToken=${forged({ set: '#year:2016' })}`, 'badResumptionToken'],
  ]),
];

/** Tokens that are forged so well that they could be of this node: they tell no more than anybody may ask for. */
export const oaiForgeries: readonly string[] = [
  forged({ after: '~' }),
  forged({ after: '!' }),
  forged({ after: '\u0000' }),
  forged({ after: '\ud800' }),
  forged({ after: 'ffffffffffff!ffffffffffff' }),
  forged({ given: Number.MAX_SAFE_INTEGER }),
];

export const oaiPmh: readonly Route[] = [
  { method: 'GET', pattern: '/oai', path: () => '/oai?verb=Identify', form: 'oai-pmh' },
  {
    method: 'POST',
    pattern: '/oai',
    path: () => '/oai',
    form: 'oai-pmh',
    body: {
      type: 'application/x-www-form-urlencoded',
      good: 'verb=Identify',
      bad: [],
      tooMany: 64 * 1024 + 1,
    },
  },
];
