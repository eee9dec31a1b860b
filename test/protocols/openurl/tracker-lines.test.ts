import { expect } from 'chai';
import { OpenUrlError, parseTrackerLines } from '../../../protocols/openurl/index.ts';

const hit = (n: number): string =>
  new URLSearchParams({
    url_ver: 'Z39.88-2004',
    url_tim: '2026-01-01T00:00:00Z',
    req_id: '192.0.2.1',
    'rft.artnum': `oai:repository.example:${n}`,
  }).toString();

function codeOf(text: string): string {
  try {
    parseTrackerLines(text, 3);
  } catch (error) {
    expect(error).to.be.instanceOf(OpenUrlError);
    return (error as OpenUrlError).code;
  }
  return 'accepted';
}

describe('several usage events', () => {
  it('are a line each: a query, or the address that would be asked for', () => {
    const text = `${hit(1)}\r\n\nhttps://node.example/tracker?${hit(2)}\n`;
    const read = parseTrackerLines(text, 10);
    expect(read.map((one) => [one.line, 'hit' in one ? one.hit.names : one.error.code])).to.deep.equal([
      [1, ['oai:repository.example:1']],
      [3, ['oai:repository.example:2']],
    ]);
  });

  it('stand though one of them cannot be read', () => {
    const read = parseTrackerLines(`${hit(1)}\n\u0000half a li\n${hit(2)}`, 10);
    expect(read.map((one) => ('hit' in one ? 'hit' : one.error.code))).to.deep.equal([
      'hit',
      'OPENURL_BAD_VERSION',
      'hit',
    ]);
  });

  it('are refused where there are too many lines, or none', () => {
    expect(codeOf([1, 2, 3].map(hit).join('\n'))).to.equal('accepted');
    expect(codeOf([1, 2, 3, 4].map(hit).join('\n'))).to.equal('OPENURL_TOO_MANY_LINES');
    expect(codeOf('\n'.repeat(100))).to.equal('OPENURL_TOO_MANY_LINES');
    expect(codeOf(' \n')).to.equal('OPENURL_NO_ITEM');
  });
});
