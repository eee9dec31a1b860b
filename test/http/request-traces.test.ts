import { expect } from 'chai';
import { pino } from 'pino';
import { readTraceParent } from '../../protocols/http/index.ts';
import type { HttpParts } from '../../node/http/index.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('the id of a request', () => {
  let site: TestSite;
  const lines: string[] = [];
  before(async () => {
    const text: HttpParts['text'] = { search: () => Promise.reject(new Error('secret: damaged')) };
    const log = pino({}, { write: (line: string) => lines.push(line) });
    site = await aSite({ parts: { text, log } });
  });
  after(async () => {
    await site.close();
  });
  const instance = async (headers: Record<string, string> = {}): Promise<string | undefined> => {
    const response = await site.get('/search?q=a', headers);
    expect(response.status).to.equal(500);
    return ((await response.json()) as { instance?: string }).instance;
  };

  it('stands in the problem document of an error of the node, and in the log', async () => {
    const [, id = ''] = /^urn:ngr:request:([0-9a-f]{32})$/.exec((await instance()) ?? '') ?? [];
    const [line = ''] = lines.filter((one) => one.includes('request failed'));
    expect(JSON.parse(line)).to.include({ request: id, path: '/search' });
    expect(await instance()).to.not.equal(`urn:ngr:request:${id}`);
  });

  it('is that of the caller’s trace, where it names one', async () => {
    expect(await instance({ traceparent: `00-${TRACE}-${SPAN}-01` })).to.equal(`urn:ngr:request:${TRACE}`);
    expect(await instance({ traceparent: `00-${'x'.repeat(32)}-${SPAN}-01` })).to.match(/:[0-9a-f]{32}$/);
  });

  it('is shown to a person, too', async () => {
    const response = await site.get('/search?q=a', {
      accept: BROWSER,
      traceparent: `00-${TRACE}-${SPAN}-00`,
    });
    expect(await response.text()).to.contain(`<code>${TRACE}</code>`);
  });

  it('is not told of what the node did not do wrong', async () => {
    expect(await (await site.get('/nothing')).json()).to.not.have.property('instance');
  });
});

describe('traceparent', () => {
  it('is read as W3C Trace Context says, of later versions too', () => {
    const read = { traceId: TRACE, spanId: SPAN, flags: 1 };
    expect(readTraceParent(`00-${TRACE}-${SPAN}-01`)).to.deep.equal(read);
    expect(readTraceParent(`cc-${TRACE}-${SPAN}-01-what-is-to-come`)).to.deep.equal(read);
    for (const wrong of [
      undefined,
      '',
      `00-${TRACE}-${SPAN}`,
      `ff-${TRACE}-${SPAN}-01`,
      `00-${TRACE}-${SPAN}-01-more`,
      `00-${'0'.repeat(32)}-${SPAN}-01`,
      `00-${TRACE}-${'0'.repeat(16)}-01`,
      `00-${TRACE.toUpperCase()}-${SPAN}-01`,
      `00-${TRACE}-${SPAN}-01${' '.repeat(300)}`,
    ])
      expect(readTraceParent(wrong), wrong).to.equal(undefined);
  });
});
