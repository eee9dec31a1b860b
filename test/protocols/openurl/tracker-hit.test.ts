import { expect } from 'chai';
import { OpenUrlError, parseTrackerHit } from '../../../protocols/openurl/index.ts';

/** As DSpace sends it for a download, with the values of the protocol's own example. */
const download = {
  url_ver: 'Z39.88-2004',
  url_tim: '2010-10-17T03:04:42Z',
  req_id: '138.250.13.161',
  req_dat: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)',
  'rft.artnum': 'oai:dspace.lib.cranfield.ac.uk:1826/936',
  rfr_dat: 'https://scholar.google.com/',
  rfr_id: 'dspace.lib.cranfield.ac.uk',
  svc_dat: 'https://dspace.lib.cranfield.ac.uk/bitstream/1826/936/4/Artificial.pdf',
  rft_dat: 'Request',
};

function parse(changes: Record<string, string | undefined> = {}): ReturnType<typeof parseTrackerHit> {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...download, ...changes }))
    if (value !== undefined) params.set(key, value);
  return parseTrackerHit(params);
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(OpenUrlError);
    return (error as OpenUrlError).code;
  }
  return 'accepted';
}

describe("a tracker's OpenURL", () => {
  it('is read as a usage event', () => {
    expect(parse()).to.deep.equal({
      names: ['oai:dspace.lib.cranfield.ac.uk:1826/936'],
      kind: 'request',
      time: Date.UTC(2010, 9, 17, 3, 4, 42),
      address: '138.250.13.161',
      userAgent: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)',
      fileUrl: 'https://dspace.lib.cranfield.ac.uk/bitstream/1826/936/4/Artificial.pdf',
    });
  });

  it('tells item pages from files by rft_dat; trackers of release 4 have none and send files only', () => {
    expect(parse({ rft_dat: 'Investigation' }).kind).to.equal('investigation');
    expect(parse({ rft_dat: undefined }).kind).to.equal('request');
  });

  it('may write the address as release 4 did, or in IPv6', () => {
    expect(parse({ req_id: 'urn:ip:138.250.13.161' }).address).to.equal('138.250.13.161');
    expect(parse({ req_id: '2001:db8::1' }).address).to.equal('2001:db8::1');
  });

  it('has one form of an address for one reader', () => {
    expect(parse({ req_id: '2001:DB8:0:0::1' }).address).to.equal('2001:db8::1');
    expect(parse({ req_id: '::ffff:138.250.13.161' }).address).to.equal('138.250.13.161');
  });

  it('may leave out agent, referrer, repository and file, or send them empty, as software in use does', () => {
    const bare = { req_dat: undefined, rfr_dat: undefined, rfr_id: undefined, svc_dat: undefined };
    const empty = { req_dat: '', rfr_dat: ' ', rfr_id: '', svc_dat: '' };
    for (const changes of [bare, empty]) {
      const hit = parse(changes);
      expect(hit.userAgent).to.equal('');
      expect(hit).not.to.have.property('fileUrl');
    }
  });

  it('may name its item by what OpenURL itself has for identifiers, beside or instead of the OAI identifier', () => {
    const params = new URLSearchParams(download);
    params.append('rft_id', 'info:doi/10.1000/1');
    params.append('rft_id', 'info:hdl/1826/936');
    expect(parseTrackerHit(params).names).to.deep.equal([
      'oai:dspace.lib.cranfield.ac.uk:1826/936',
      'info:doi/10.1000/1',
      'info:hdl/1826/936',
    ]);
    params.delete('rft.artnum');
    expect(parseTrackerHit(params).names[0]).to.equal('info:doi/10.1000/1');
  });

  it('may name it by the address of the file alone', () => {
    const { names, fileUrl } = parse({ 'rft.artnum': undefined });
    expect(names).to.deep.equal([]);
    expect(fileUrl).to.equal(download.svc_dat);
  });

  it('has its time in UTC unless it names a zone', () => {
    const utc = Date.UTC(2026, 10, 21, 7, 31, 0);
    for (const time of [
      '2026-11-21T07:31:00Z',
      '2026-11-21T07:31:00',
      '2026-11-21T08:31:00+01:00',
      '2026-11-21T04:31:00.000-0300',
    ])
      expect(parse({ url_tim: time }).time).to.equal(utc);
  });

  const refused: Record<string, [Record<string, string | undefined>, string]> = {
    'of another version': [{ url_ver: 'Z39.88-2003' }, 'OPENURL_BAD_VERSION'],
    'without a version': [{ url_ver: undefined }, 'OPENURL_BAD_VERSION'],
    'without an item': [{ 'rft.artnum': ' ', svc_dat: undefined }, 'OPENURL_NO_ITEM'],
    'with a line break in the item': [{ 'rft.artnum': 'oai:x:1\n2' }, 'OPENURL_NO_ITEM'],
    'of another kind': [{ rft_dat: 'Search' }, 'OPENURL_BAD_KIND'],
    'with a day that does not exist': [{ url_tim: '2026-02-30T00:00:00Z' }, 'OPENURL_BAD_TIME'],
    'with an hour that does not exist': [{ url_tim: '2026-02-03T24:00:00Z' }, 'OPENURL_BAD_TIME'],
    'with words for a time': [{ url_tim: 'yesterday' }, 'OPENURL_BAD_TIME'],
    'with a zone that no place has': [{ url_tim: '2026-02-03T00:00:00+23:00' }, 'OPENURL_BAD_TIME'],
    'with a zone of 75 minutes': [{ url_tim: '2026-02-03T00:00:00+01:75' }, 'OPENURL_BAD_TIME'],
    'without a time': [{ url_tim: undefined }, 'OPENURL_BAD_TIME'],
    'without an address': [{ req_id: '' }, 'OPENURL_BAD_ADDRESS'],
    'with an address in another base': [{ req_id: '0x7f000001' }, 'OPENURL_BAD_ADDRESS'],
    'with an address and its port': [{ req_id: '192.0.2.1:8080' }, 'OPENURL_BAD_ADDRESS'],
    'with an address of a network card': [{ req_id: 'fe80::1%eth0' }, 'OPENURL_BAD_ADDRESS'],
    'with two addresses': [{ req_id: '192.0.2.1, 10.0.0.1' }, 'OPENURL_BAD_ADDRESS'],
    'with an address that is not one': [{ req_id: '300.1.1.1' }, 'OPENURL_BAD_ADDRESS'],
    'with a file URL of another scheme': [{ svc_dat: 'javascript:alert(1)' }, 'OPENURL_BAD_URL'],
    'with a file URL that is not one': [{ svc_dat: '/bitstream/1' }, 'OPENURL_BAD_URL'],
    'with an agent of 100 kB': [{ req_dat: 'x'.repeat(100_000) }, 'OPENURL_TOO_LONG'],
    'with a referrer of 100 kB': [{ rfr_dat: 'x'.repeat(100_000) }, 'OPENURL_TOO_LONG'],
  };
  for (const [what, [changes, code]] of Object.entries(refused)) {
    it(`is refused ${what}`, () => {
      expect(codeOf(() => parse(changes))).to.equal(code);
    });
  }

  it('is refused with two items', () => {
    const params = new URLSearchParams(download);
    params.append('rft.artnum', 'oai:x:2');
    expect(codeOf(() => parseTrackerHit(params))).to.equal('OPENURL_REPEATED_KEY');
  });

  it('is refused with identifiers without end', () => {
    const params = new URLSearchParams(download);
    for (let i = 0; i < 6; i++) params.append('rft_id', `info:doi/10.1000/${i}`);
    expect(codeOf(() => parseTrackerHit(params))).to.equal('OPENURL_REPEATED_KEY');
    params.delete('rft_id');
    params.append('rft_id', 'x'.repeat(10_000));
    expect(codeOf(() => parseTrackerHit(params))).to.equal('OPENURL_TOO_LONG');
  });

  it('is refused without its address or agent standing in the error', () => {
    try {
      parse({ req_id: '138.250.13.161, 10.0.0.1' });
      expect.fail('was accepted');
    } catch (error) {
      const { message, remedy, details } = error as OpenUrlError;
      expect(JSON.stringify([message, remedy, details])).not.to.include('138.250');
    }
  });
});
