import { expect } from 'chai';
import { PoliteClient } from '../../../node/harvest/full-text/fetching/index.ts';
import { findFiles } from '../../../node/harvest/full-text/finding/index.ts';
import { LeapingClock } from '../../support/leaping-clock.ts';
import { MisbehavingFileServer, type ServedFile } from '../../support/misbehaving-file-server.ts';

const going = new AbortController().signal;
const html = (body: string, head = ''): ServedFile => ({
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`,
});

describe('the page of an item', () => {
  let server: MisbehavingFileServer;
  let client: PoliteClient;
  beforeEach(async () => {
    server = await MisbehavingFileServer.start();
    client = new PoliteClient({ fetch, clock: new LeapingClock(), userAgent: 'NGR-Node/test' });
  });
  afterEach(() => server.close());

  /** Paths of the files that are found on the page, with their media types. */
  async function found(page: ServedFile, path = '/items/1'): Promise<string[]> {
    const files = await findFiles(client, server.put(path, page), going);
    return files.map(({ url, format }) => [url.replace(server.url, ''), format].filter(Boolean).join(' '));
  }

  describe('tells its files by Signposting', () => {
    it('in its Link header', async () => {
      const link =
        '</files/1.pdf>; rel="item"; type="application/pdf", <https://doi.org/10.1/x>; rel="cite-as"';
      expect(await found({ ...html(''), headers: { link } })).to.deep.equal(['/files/1.pdf application/pdf']);
    });

    it('in several Link headers', async () => {
      const link = ['</1.pdf>; rel="item"', '</2.pdf>; rel="item"'];
      expect(await found({ ...html(''), headers: { link } })).to.deep.equal([
        '/1.pdf application/pdf',
        '/2.pdf application/pdf',
      ]);
    });

    it('in its link elements', async () => {
      const head =
        '<base href="/base/"><link rel="item" href="1.pdf" type="application/pdf"><link rel="license" href="x">';
      expect(await found(html('', head))).to.deep.equal(['/base/1.pdf application/pdf']);
    });

    it('in a link set', async () => {
      server.put('/linkset/1', {
        type: 'application/linkset+json',
        body: JSON.stringify({
          linkset: [
            { anchor: `${server.url}/items/1`, item: [{ href: '/files/1.pdf', type: 'application/pdf' }] },
            { anchor: `${server.url}/items/2`, item: [{ href: '/files/2.pdf' }] },
          ],
        }),
      });
      const link =
        '</linkset/1.txt>; rel="linkset"; type="application/linkset", </linkset/1>; rel="linkset"; type="application/linkset+json"';
      expect(await found({ ...html(''), headers: { link } })).to.deep.equal(['/files/1.pdf application/pdf']);
    });

    it('in a link set that calls the page by another address', async () => {
      server.put('/linkset/1', {
        type: 'application/linkset',
        body: '</files/1.pdf>; rel="item"; anchor="https://doi.org/10.1/x"',
      });
      const head = '<link rel="linkset" href="/linkset/1" type="application/linkset">';
      expect(await found(html('', head))).to.deep.equal(['/files/1.pdf application/pdf']);
    });

    it('and by something else, where the link set is broken', async () => {
      server.put('/linkset/1', { type: 'application/linkset+json', body: '{' });
      const head =
        '<link rel="linkset" href="/linkset/1"><meta name="citation_pdf_url" content="/files/1.pdf">';
      expect(await found(html('', head))).to.deep.equal(['/files/1.pdf application/pdf']);
    });
  });

  describe('tells its files by meta tags', () => {
    it('of Highwire Press', async () => {
      const head =
        '<META NAME="Citation_PDF_URL" CONTENT=" /files/1.pdf "><meta name="citation_title" content="T">';
      expect(await found(html('', head))).to.deep.equal(['/files/1.pdf application/pdf']);
    });

    it('of EPrints', async () => {
      const head = '<meta name="eprints.document_url" content="/id/eprint/1/1/a.pdf">';
      expect(await found(html('', head))).to.deep.equal(['/id/eprint/1/1/a.pdf']);
    });

    it('with the name by which a server behind a proxy knows itself', async () => {
      const head = '<meta name="citation_pdf_url" content="http://localhost:4000/bitstreams/1/download">';
      expect(await found(html('', head))).to.deep.equal(['/bitstreams/1/download application/pdf']);
    });
  });

  const pages: [system: string, body: string, files: string[]][] = [
    [
      'DSpace 7 to 9',
      '<a href="/bitstreams/0b4d2e1c-7d0a-4d0c-9a57-3c4f7d1f3a11/download">article.pdf</a><a href="/items/2">other</a>',
      ['/bitstreams/0b4d2e1c-7d0a-4d0c-9a57-3c4f7d1f3a11/download'],
    ],
    [
      'DSpace 5 and 6 (XMLUI)',
      `<a href="/bitstream/handle/10/1/a.pdf?sequence=1&amp;isAllowed=y">View</a>
       <a href="/bitstream/handle/10/1/b.pdf?sequence=2&amp;isAllowed=n">Locked</a>
       <img src="/bitstream/handle/10/1/a.pdf.jpg"><a href="/bitstream/handle/10/1/a.pdf.txt?sequence=3">text</a>
       <a href="/bitstream/handle/10/1/license.txt?sequence=4">licence</a><a href="/bitstream/handle/10/1/license_rdf">rdf</a>`,
      ['/bitstream/handle/10/1/a.pdf?sequence=1&isAllowed=y application/pdf'],
    ],
    [
      'DSpace 5 and 6 (JSPUI)',
      '<a target="_blank" href="/jspui/bitstream/10/1/1/a%20b.pdf">View/Open</a><a href="/jspui/bitstream/10/1/1/data.zip">data</a>',
      ['/jspui/bitstream/10/1/1/a%20b.pdf application/pdf'],
    ],
    [
      'EPrints',
      `<a href="/id/eprint/12/1/a.pdf">PDF</a><a href="/12/2/b.pdf">PDF</a><a href="/12/1.haspreview/lightbox.jpg">x</a>
       <a href="/wp-content/uploads/2020/05/guide.pdf">guide</a>`,
      ['/id/eprint/12/1/a.pdf application/pdf', '/12/2/b.pdf application/pdf'],
    ],
    [
      'Invenio',
      '<a href="/records/12/files/a.pdf?download=1">Download</a><a href="/record/13/files/b.pdf">b</a><a href="/records/12/files/d.csv">d</a>',
      ['/records/12/files/a.pdf?download=1 application/pdf', '/record/13/files/b.pdf application/pdf'],
    ],
    [
      'OJS',
      `<a class="obj_galley_link pdf" href="/index.php/j/article/view/12/34">PDF</a>
       <a class="obj_galley_link pdf restricted" href="/index.php/j/article/view/12/35">PDF</a>
       <a class="obj_galley_link_supplementary pdf" href="/index.php/j/article/view/12/36">Data</a>
       <a href="/index.php/j/article/view/13/1">Other article</a>`,
      ['/index.php/j/article/download/12/34 application/pdf'],
    ],
  ];
  for (const [system, body, files] of pages) {
    it(`links its files as ${system} does`, async () => {
      expect(await found(html(body))).to.deep.equal(files);
    });
  }

  it('is taken at its best word', async () => {
    const head = '<meta name="citation_pdf_url" content="/meta.pdf">';
    const body = '<a href="/records/1/files/habit.pdf">x</a>';
    const link = '</item.pdf>; rel="item"';
    expect(await found({ ...html(body, head), headers: { link } })).to.deep.equal([
      '/item.pdf application/pdf',
    ]);
    expect(await found(html(body, head))).to.deep.equal(['/meta.pdf application/pdf']);
  });

  it('may be the file itself', async () => {
    expect(await found({ type: 'application/pdf', body: '%PDF-' }, '/handle/1')).to.deep.equal([
      '/handle/1 application/pdf',
    ]);
  });

  it('may have moved', async () => {
    const head = '<meta name="citation_pdf_url" content="1.pdf">';
    server.put('/entities/1', html('', head));
    expect(await found({ status: 302, headers: { location: '/entities/1' } })).to.deep.equal([
      '/entities/1.pdf application/pdf',
    ]);
  });

  it('gives nothing where it leads to nothing that can be read', async () => {
    const link =
      '</data.csv>; rel="item"; type="text/csv", </items/1>; rel="item", <ftp://x.example/1.pdf>; rel="item"';
    expect(await found({ ...html('<a href="mailto:x@y.z">x</a>'), headers: { link } })).to.deep.equal([]);
    expect(await found({ type: 'application/json', body: '{}' })).to.deep.equal([]);
  });

  it('is read as far as pages go', async () => {
    const head = '<meta name="citation_pdf_url" content="/1.pdf">';
    expect(await found({ ...html('<div>'.repeat(900_000), head) })).to.deep.equal(['/1.pdf application/pdf']);
  });

  for (const [status, code] of [
    [404, 'FULLTEXT_NOT_FOUND'],
    [410, 'FULLTEXT_NOT_FOUND'],
    [401, 'FULLTEXT_LOGIN_NEEDED'],
    [403, 'FULLTEXT_LOGIN_NEEDED'],
    [418, 'FULLTEXT_SERVER_ERROR'],
  ] as const) {
    it(`that answers ${status} cannot be had`, async () => {
      const failure = await found({ status }).catch((error: unknown) => error);
      expect(failure).to.have.property('code', code);
    });
  }
});
