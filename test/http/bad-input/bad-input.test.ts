import { expect } from 'chai';
import { loadAssets } from '../../../node/http/assets.ts';
import { routersOf } from '../../../node/http/app.ts';
import { publicParts } from '../../../node/http/public-parts.ts';
import { guardedFetch } from '../../../node/outbound/index.ts';
import { aPng } from '../../institution/pictures.ts';
import { aPut } from '../../support/builders.ts';
import { aNotification } from '../../support/notifications.ts';
import { API_TOKEN, aSite, type TestSite } from '../support/a-site.ts';
import { RudeClient, type Answer, type Question } from './asking.ts';
import type { Known, Route } from './route.ts';
import { expectCivil, expectOaiError, expectRefused } from './rules.ts';
import { api } from './tables/api.ts';
import { inbox } from './tables/inbox.ts';
import { oaiCases, oaiForgeries, oaiPmh } from './tables/oai-pmh.ts';
import { pages } from './tables/pages.ts';
import { plain } from './tables/plain.ts';
import { resourceSync } from './tables/resourcesync.ts';
import { SITE_KEY, tracker } from './tables/tracker.ts';
import { webSub } from './tables/websub.ts';
import { widget } from './tables/widget.ts';
import { HUGE, LONG, ODD_HEADERS, STRANGE, TOO_LONG } from './values.ts';

const routes: readonly Route[] = [
  ...pages,
  ...plain,
  ...resourceSync,
  ...oaiPmh,
  ...tracker,
  ...inbox,
  ...webSub,
  ...widget,
  ...api,
];
/** None of the node's addresses takes them. */
const METHODS = ['PATCH', 'PROPFIND', 'PUT', 'DELETE', 'POST', 'GET'];

describe('bad input', () => {
  let site: TestSite;
  let client: RudeClient;
  let known: Known;

  before(async () => {
    // Nothing goes out: the addresses that are posted are refused as any node would refuse them.
    site = await aSite({
      notifications: { fetch: guardedFetch({ userAgent: 'test', timeoutMs: 1_000, allow: [] }) },
      parts: { usageSites: [{ name: 'Repository', key: SITE_KEY }] },
    });
    client = new RudeClient(site.url);
    const [key = '', other = ''] = await site.put(aPut(1, { sets: ['theses'] }), aPut(2));
    await site.parts.policies.state({ elements: {} });
    await site.parts.institution.setLogo(aPng());
    known = await knownAt(site, key, other);
  });
  after(async () => {
    client.close();
    await site.close();
  });

  it('is tried at every address that the node has', () => {
    const assets = loadAssets();
    const registered = routersOf(publicParts(site.parts, assets), assets)
      .flatMap(({ stack }) => stack)
      .flatMap(({ methods, path }) => methods.map((method) => `${method} ${String(path)}`))
      .filter((route) => !/^(?:HEAD|OPTIONS) /.test(route))
      // Errors of the COUNTER API have a form of their own (appendix D of the code): test/http/counter tries them.
      .filter((route) => !route.startsWith('GET /counter/'));
    const tried = routes.map(({ method, pattern }) => `${method} ${pattern}`);
    expect([...new Set(tried)].sort()).to.deep.equal([...new Set(registered)].sort());
    expect(tried).to.have.length(new Set(tried).size);
  });

  for (const route of routes) {
    describe(`at ${route.method} ${route.pattern}`, () => {
      const form = route.form ?? 'problem';
      /** What is wrong with the request as one of HTTP. */
      const httpForm = form === 'oai-pmh' ? 'problem' : form;
      const ask = (question: Question): Promise<Answer> =>
        client.ask({
          method: route.method,
          ...question,
          headers: {
            ...(route.isManagers && { authorization: `Bearer ${API_TOKEN}` }),
            ...(route.body !== undefined && { 'content-type': route.body.type }),
            ...question.headers,
          },
        });
      const path = (more = ''): string => {
        const good = route.path(known);
        return more === '' ? good : good + (good.includes('?') ? '&' : '?') + more;
      };
      const body = route.body === undefined ? {} : { body: route.body.good };

      it('is told from what is good', async () => {
        const { status, text } = await ask({ path: path(), ...body });
        expect(status, text).to.equal(route.status ?? 200);
      });

      for (const [name, parameter] of Object.entries(route.query ?? {})) {
        it(`in the parameter ${name} is refused, and named`, async () => {
          const bare = route.path(known).replace(/\?.*/, '');
          const others = Object.entries(route.query ?? {}).filter(
            ([other, { isRequired }]) => isRequired && other !== name,
          );
          const withValue = (value: string): string =>
            `${bare}?${[...others.map(([other, { good }]) => `${other}=${good}`), `${name}=${value}`].join('&')}`;
          const refused = async (value: string): Promise<void> => {
            const answer = await ask({ path: withValue(value), ...body });
            const about = `${name}=${value.slice(0, 50)}`;
            expectRefused(answer, [400], { form, about });
            const { code, errors } = JSON.parse(answer.text) as Told;
            expect(code, about).to.equal('PARAMETER_INVALID');
            expect(
              errors?.map(({ parameter }) => parameter),
              about,
            ).to.deep.equal([name]);
          };
          const { good, bad = [], isText = false, mayBeEmpty = false } = parameter;
          const repeated = (times: number): string => Array(times).fill(good).join(`&${name}=`);
          if (parameter.isRepeatable) {
            expect((await ask({ path: withValue(repeated(2)), ...body })).status, name).to.equal(200);
          }
          await refused(repeated(parameter.isRepeatable ? 21 : 2));
          for (const value of bad) await refused(encodeURIComponent(value));
          if (!mayBeEmpty) await refused('');
          await refused(LONG);
          for (const [what, value] of Object.entries(STRANGE)) {
            if (isText) expectCivil(await ask({ path: withValue(value), ...body }), form, `${name}: ${what}`);
            else await refused(value);
          }
          if (parameter.isRequired) {
            expectRefused(await ask({ path: bare, ...body }), [400], { form, about: `without ${name}` });
          }
        });
      }

      it('in parameters that there are not', async () => {
        const values = Object.values({ ...STRANGE, long: LONG, nothing: '' });
        const parameters = [
          ...values.map((value) => `unknown=${value}`),
          ...[STRANGE['NUL'], STRANGE['half an escape'], LONG, ''].map((name) => `${name}=1`),
          '__proto__=1&__proto__=2',
          'a[b]=1&a[c][]=2',
          '&&&=&=',
        ];
        for (const more of route.isCostly ? parameters.slice(0, 2) : parameters) {
          expectCivil(await ask({ path: path(more), ...body }), form, more.slice(0, 50));
        }
        if (!route.isStrict) return;
        const answer = await ask({ path: path('unknown=1'), ...body });
        expectRefused(answer, [400], { form, about: 'unknown' });
        const { errors, known: there } = JSON.parse(answer.text) as Told;
        expect(errors).to.deep.equal([{ parameter: 'unknown', detail: 'is not known here' }]);
        expect(there).to.have.members(Object.keys(route.query ?? {}));
      });

      it('that is too much for an address or a head', async () => {
        const long = await ask({ path: path(`a=${TOO_LONG}`), ...body });
        expectRefused(long, [414], { form: 'problem', about: 'a long address' });
        const huge = await ask({ path: path(`a=${HUGE}`), ...body });
        expectRefused(huge, [431], { form: 'problem', about: 'a huge address' });
        const heads = await ask({ path: path(), headers: { 'x-more': HUGE }, ...body });
        expectRefused(heads, [431], { form: 'problem', about: 'a huge header' });
      });

      it('as its method', async () => {
        const others = METHODS.filter(
          (method) => !routes.some((other) => other.pattern === route.pattern && other.method === method),
        );
        for (const method of others) {
          const answer = await ask({ method, path: path() });
          // Another pattern may have the method, and does not know such a thing.
          expectRefused(answer, [405, 404, 400, 409], { form: 'problem', about: method });
          if (answer.status !== 405) continue;
          expect(answer.headers['allow'], method).to.contain(route.method);
          expect(answer.headers['allow']?.split(', ')).not.to.include(method);
        }
      });

      it('in its headers', async () => {
        const skipped = route.body === undefined ? [] : ['content-type'];
        for (const headers of route.isCostly ? ODD_HEADERS.slice(0, 2) : ODD_HEADERS) {
          if (Object.keys(headers).some((name) => skipped.includes(name))) continue;
          const answer = await ask({ path: path(), headers, ...body });
          const about = JSON.stringify(headers).slice(0, 100);
          expectCivil(answer, form, about);
          expect(answer.status, about).to.equal(route.status ?? 200);
        }
      });

      if (route.unknown !== undefined) {
        it('in the parts of its path', async () => {
          const names = /:[a-z]+/g;
          for (const value of [...Object.values(STRANGE), LONG, 'unknown', '..', '.', ';', "'"]) {
            for (const [part] of route.pattern.matchAll(names)) {
              const address = route.pattern
                .replace(part, () => value)
                .replace(names, () => lastOf(route.path(known)));
              const answer = await ask({ path: address, ...body });
              const about = address.slice(0, 80);
              expectCivil(answer, form, about);
              // What is no path segment is another address.
              const statuses = [...(route.unknown ?? []), 404, 405, 303];
              expect(statuses, `${about}: ${answer.text.slice(0, 200)}`).to.include(answer.status);
            }
          }
        });
      }

      if (route.isNegotiated) {
        it('as the formats that are acceptable', async () => {
          for (const accept of [
            'image/png',
            'application/ld+json;q=0',
            'text/html;q=0, image/*',
            'v2/jsonld',
          ]) {
            const answer = await ask({ path: path(), headers: { accept } });
            expectRefused(answer, [406], { form, about: accept });
            expect((JSON.parse(answer.text) as Told).available).not.to.have.length(0);
            expect(answer.headers['vary']).to.contain('Accept');
          }
          for (const accept of ['', ';;q=,,', 'application/ld+json;q=two', `a/${LONG}, */*`, '*']) {
            expectCivil(await ask({ path: path(), headers: { accept } }), form, accept.slice(0, 50));
          }
        });
      }

      if (route.hasRanges) {
        it('as a range of its bytes', async () => {
          for (const range of ['bytes=999999999-', 'bytes=-0', 'bytes=999999999999999-999999999999999']) {
            const answer = await ask({ path: path(), headers: { range } });
            expectRefused(answer, [416], { form, about: range });
            expect(answer.headers['content-range']).to.match(/^bytes \*\/\d+$/);
          }
        });
      }

      if (route.isManagers) {
        it('as the token of somebody else', async () => {
          for (const authorization of [
            '',
            'Bearer',
            'Bearer wrong',
            'Basic YTpi',
            `Bearer ${LONG}`,
            `Bearer ${API_TOKEN} 2`,
          ]) {
            const answer = await ask({ path: path(), headers: { authorization }, ...body });
            expectRefused(answer, [401], { form, about: authorization });
            expect(answer.headers['www-authenticate']).to.match(/^Bearer/);
          }
        });
      }

      if (route.body !== undefined) {
        const { type, good, bad, tooMany, anyType, alsoTypes = [] } = route.body;

        it('in its body', async () => {
          for (const [text, status] of bad) {
            const answer = await ask({ path: path(), body: text });
            const about = text.slice(0, 80);
            if (status >= 400) expectRefused(answer, [status], { form, about });
            else expect(answer.status, about).to.equal(status);
          }
        });

        it('as the type of its body', async () => {
          if (anyType) return;
          for (const other of [
            'image/png',
            'text/plain',
            'multipart/form-data',
            `${type}x`,
            'nonsense',
            '',
          ]) {
            if (alsoTypes.includes(other)) continue;
            const answer = await ask({ path: path(), headers: { 'content-type': other }, body: good });
            expectRefused(answer, [415], { form: httpForm, about: other });
          }
        });

        it('as the length of its body', async () => {
          const told = await ask({ path: path(), headers: { 'content-length': String(tooMany) } }).catch(
            () => undefined,
          );
          if (told !== undefined) expectRefused(told, [413, 400], { form: httpForm, about: 'told' });
          const chunked = await ask({
            path: path(),
            headers: { 'transfer-encoding': 'chunked' },
            body: 'x'.repeat(tooMany),
          }).catch(() => undefined);
          // Who goes on sending may not come to read the answer.
          if (chunked !== undefined) expectRefused(chunked, [413], { form: httpForm, about: 'chunked' });
          expect((await site.get('/health/live')).status).to.equal(200);
        });
      }
    });
  }

  describe('at /oai', () => {
    const own = (query: string): string => {
      const provider = site.catalogue.node.slice(-8);
      return query.replace(/(resumptionToken=)([\w-]+)/, (_, name: string, token: string) => {
        const text = Buffer.from(token, 'base64url').toString();
        const mine = text.replace('"PROVIDER"', JSON.stringify(provider));
        return name + (mine === text ? token : Buffer.from(mine).toString('base64url'));
      });
    };

    it('is answered with the protocol’s own errors, by GET and POST', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const [query, ...conditions] of oaiCases) {
        const text = own(query);
        expectOaiError(await client.ask({ path: `/oai?${text}` }), conditions, `GET ${query}`);
        const posted = await client.ask({ method: 'POST', path: '/oai', headers, body: text });
        expectOaiError(posted, conditions, `POST ${query}`);
      }
    });

    it('as any argument is one of its errors', async () => {
      for (const verb of [
        'Identify',
        'GetRecord',
        'ListRecords',
        'ListIdentifiers',
        'ListSets',
        'ListMetadataFormats',
      ]) {
        for (const name of [
          'identifier',
          'metadataPrefix',
          'from',
          'until',
          'set',
          'resumptionToken',
          'verb',
        ]) {
          for (const [what, value] of Object.entries({ ...STRANGE, 'a long text': LONG })) {
            const rest =
              name === 'metadataPrefix' || name === 'resumptionToken' ? '' : '&metadataPrefix=oai_dc';
            const answer = await client.ask({ path: `/oai?verb=${verb}${rest}&${name}=${value}` });
            const all = [
              'badArgument',
              'badVerb',
              'badResumptionToken',
              'idDoesNotExist',
              'noRecordsMatch',
              'cannotDisseminateFormat',
            ];
            expectOaiError(answer, all, `${verb} ${name}: ${what}`);
          }
        }
      }
    });

    it('in a token that could be the node’s own tells no more than anybody may ask for', async () => {
      for (const token of oaiForgeries) {
        const answer = await client.ask({ path: own(`/oai?verb=ListRecords&resumptionToken=${token}`) });
        expect(answer.status).to.equal(200);
        expect(answer.text).to.match(/<ListRecords>|badResumptionToken/);
      }
    });
  });

  it('keeps nobody else from being answered, and is not kept in memory', async () => {
    const before = process.memoryUsage().rss;
    const long = 'x'.repeat(2 * 1024 * 1024);
    const rude = routes
      .filter(({ body }) => body !== undefined)
      .flatMap(({ method, path, body }) =>
        // Some hundred in all; each is held in memory on this side, whatever the node does.
        Array.from({ length: 2 }, () => ({
          method,
          path: path(known),
          body: long,
          headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': body?.type ?? '' },
        })),
      );
    const answers = rude.map((question) => client.ask(question).catch(() => undefined));
    for (let i = 0; i < 20; i += 1) {
      expect((await site.get('/health/live')).status).to.equal(200);
      expect((await site.get(`/records/${known.key}`)).status).to.equal(200);
    }
    await Promise.all(answers);
    expect(process.memoryUsage().rss - before).to.be.below(600 * 1024 * 1024);
  });
});

interface Told {
  code: string;
  errors?: { parameter: string; detail: string }[];
  known?: string[];
  available?: unknown[];
}

function lastOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}

/** Reads at the site what addresses can be made of. */
async function knownAt(site: TestSite, key: string, other: string): Promise<Known> {
  const textOf = async (path: string): Promise<string> => await (await site.get(path)).text();
  const packageIn = async (list: string): Promise<string> =>
    new RegExp(`/${list}/([\\d-]+)\\.zip`).exec(await textOf(`/resourcesync/${list}.xml`))?.[1] ?? '';
  const resourcedump = await packageIn('resourcedump');
  const changedump = await packageIn('changedump');
  const posted = await fetch(`${site.url}/inbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/ld+json' },
    body: JSON.stringify(aNotification({ id: 'urn:uuid:known' })),
  });
  const notification = lastOf(posted.headers.get('location') ?? '');
  return {
    key,
    other,
    work: (await site.parts.duplicates.workOf(key)) ?? '',
    notification,
    node: site.catalogue.node,
    stylesheet: loadAssets().stylesheet.name,
    parts: { resourcelist: resourcedump, changelist: changedump, resourcedump, changedump },
  };
}
