import { expect } from 'chai';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aJpeg, aPng, aWebp } from '../institution/pictures.ts';
import { aVisitor, tidied, type Visitor } from './visitor.ts';

const PATH = '/dashboard/institution';
const HOSTILE = '"><script>alert(1)</script>';

describe('the page of the institution in the dashboard', () => {
  let site: TestSite;
  let visitor: Visitor;
  beforeEach(async () => {
    site = await aSite({ site: { location: { country: 'GB' } } });
    visitor = await aVisitor(site, 'administrator');
  });
  afterEach(() => site.close());

  const repository = {
    'repository-0-name': 'Wyreford Research',
    'repository-0-url': 'https://research.wyreford.example/',
    'repository-0-platform': 'DSpace 7.6',
    'repository-0-oaiBaseUrl': 'https://research.wyreford.example/oai/request',
    'repository-0-opendoar': 'https://opendoar.ac.uk/repository/165',
    'repository-0-roar': '14208',
    'repository-0-re3data': 'r3d100010134',
  };

  it('offers what is harvested, and publishes it when it is saved', async () => {
    const page = await visitor.page(PATH);
    expect(page).to.include('These repositories are harvested by this node.');
    expect(page).to.include('value="https://repository.example/oai"').and.include('Another repository');
    expect(page).to.include('The country is configured: United Kingdom');
    expect(await site.page('/')).to.not.include('repository.example/oai');
    const saved = await visitor.submit(PATH, {
      version: '0',
      'repository-0-name': 'repository',
      'repository-0-url': 'https://repository.example/',
    });
    expect(saved.status).to.equal(200);
    expect(tidied(await saved.text())).to.include('Saved, and shown on the public pages.');
    expect(await site.page('/')).to.include('href="https://repository.example/"');
  });

  it('is seen at once on the public pages, in the name of the reader’s language', async () => {
    const saved = await visitor.submit(PATH, {
      version: '0',
      name: 'Wyreford',
      'name-fr': 'Université de Wyreford',
      description: 'Founded in 1871.',
      contact: 'library@wyreford.example',
      helpdesk: 'https://wyreford.example/help',
      ror: '013meh722',
      region: 'Wyreshire',
      ...repository,
    });
    // The very page that answers has the new name in its head.
    expect(tidied(await saved.text())).to.include('<span>Wyreford</span>');
    const page = await site.page('/');
    expect(page).to.include('<h1>Wyreford</h1>').and.include('Founded in 1871.');
    for (const shown of [
      'href="mailto:library@wyreford.example"',
      'href="https://wyreford.example/help"',
      'href="https://ror.org/013meh722"',
      'Wyreshire, United Kingdom',
      'href="https://opendoar.ac.uk/repository/165"',
      'href="http://roar.eprints.org/14208"',
      'href="https://www.re3data.org/repository/r3d100010134"',
      'href="https://research.wyreford.example/oai/request?verb=Identify"',
      'DSpace 7.6',
    ])
      expect(page).to.include(shown);
    expect(await site.page('/?lang=fr')).to.include('<h1>Université de Wyreford</h1>');
    expect(await visitor.page('/dashboard/audit')).to.include('changed what is said of the institution');
  });

  it('takes a repository out by emptying its row, and by ticking it', async () => {
    const second = { 'repository-1-name': 'Data', 'repository-1-url': 'https://data.wyreford.example/' };
    await visitor.submit(PATH, { version: '0', ...repository, ...second });
    expect(await visitor.page(PATH))
      .to.include('Repository “Data”')
      .and.include('repository-2-name');
    const emptied = Object.fromEntries(Object.keys(repository).map((name) => [name, '']));
    await visitor.submit(PATH, { version: '1', ...emptied, ...second });
    expect(site.parts.institution.document.repositories.map(({ name }) => name)).to.deep.equal(['Data']);
    await visitor.submit(PATH, {
      version: '2',
      'repository-0-name': 'Data',
      'repository-0-url': 'https://data.wyreford.example/',
      'repository-0-remove': 'on',
    });
    expect(site.parts.institution.document.repositories).to.deep.equal([]);
    // What was taken out is not offered again.
    expect(await visitor.page(PATH)).to.not.include('repository.example/oai');
  });

  it('says beside each field what is wrong, and keeps what was typed', async () => {
    const refused = await visitor.submit(PATH, {
      version: '0',
      name: HOSTILE,
      ror: '013meh723',
      'repository-0-name': 'Theses',
      'repository-0-url': 'javascript:alert(1)',
    });
    expect(refused.status).to.equal(400);
    const page = tidied(await refused.text());
    expect(page).to.include('role="alert">Nothing was saved. To be mended: 2.');
    expect(page).to.match(
      /id="ror"[^>]*value="013meh723"[^>]*aria-describedby="ror-fault ror-hint" aria-invalid="true"/,
    );
    expect(page).to.include('id="ror-fault">That is no ROR id');
    expect(page).to.include('id="repository-0-url-fault">That is no address');
    expect(page).to.include('value="&quot;&gt;&lt;script&gt;').and.not.include('<script>');
    expect(site.parts.institution.version).to.equal(0);
    expect(await visitor.page('/dashboard/audit')).to.include('(refused: INSTITUTION_INVALID)');
  });

  it('runs nothing of what was saved', async () => {
    await visitor.submit(PATH, {
      version: '0',
      name: HOSTILE,
      description: HOSTILE,
      region: HOSTILE,
      contact: 'https://wyreford.example/"onmouseover=alert(1)',
      'repository-0-name': HOSTILE,
      'repository-0-url': 'https://wyreford.example/',
    });
    expect(site.parts.institution.document.name).to.equal(HOSTILE);
    for (const page of [await site.page('/'), await visitor.page(PATH)])
      expect(page)
        .to.include('&lt;script&gt;')
        .and.not.include('<script>alert')
        .and.not.include('"onmouseover');
    const node = await (await site.get('/', { accept: 'application/ld+json' })).json();
    expect(node).to.deep.include({ name: HOSTILE });
  });

  it('refuses a form that others have overtaken, and one that is not whole', async () => {
    const other = await aVisitor(site, 'administrator', 'other');
    expect((await other.submit(PATH, { version: '0', region: 'North' })).status).to.equal(200);
    const late = await visitor.submit(PATH, { version: '0', region: 'South' });
    expect(late.status).to.equal(409);
    expect(await late.text()).to.include('Somebody else has changed this page');
    expect(site.parts.institution.document.region).to.equal('North');
    for (const version of ['', '-1', '1.5', 'x'])
      expect((await visitor.submit(PATH, { version, region: 'South' })).status, version).to.equal(400);
    expect((await visitor.submit(PATH, { region: 'South' })).status).to.equal(400);
  });

  it('shows a logo on all pages, and only the last one', async () => {
    expect((await site.get('/logo')).status).to.equal(404);
    const shown = await visitor.upload(`${PATH}/logo`, 'logo', aPng(300, 100));
    expect(shown.status).to.equal(200);
    const first = /src="(\/logo\?v=\w+)" width="300" height="100"/.exec(await shown.text())?.[1] ?? '';
    expect(await site.page('/search')).to.include(`<img class="mark" src="${first}"`);
    const logo = await site.get(first);
    expect(logo.headers.get('content-type')).to.equal('image/png');
    expect(logo.headers.get('cache-control')).to.include('immutable');
    expect(logo.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
    expect(logo.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(Buffer.from(await logo.arrayBuffer())).to.deep.equal(aPng(300, 100));
    await visitor.upload(`${PATH}/logo`, 'logo', aWebp(30, 30));
    const now = await site.get(first);
    expect([now.headers.get('content-type'), now.headers.get('cache-control')]).to.deep.equal([
      'image/webp',
      'no-cache',
    ]);
    const etag = now.headers.get('etag') ?? '';
    expect((await site.get('/logo', { 'if-none-match': etag })).status).to.equal(304);
    expect((await visitor.submit(`${PATH}/logo/remove`, {})).status).to.equal(303);
    expect((await site.get('/logo')).status).to.equal(404);
    expect(await site.page('/')).to.not.include('<img');
    expect(await visitor.page('/dashboard/audit'))
      .to.include('took the logo away')
      .and.include('showed a logo');
  });

  const uploads: [string, Uint8Array, number, string][] = [
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      415,
      'That is no PNG',
    ],
    ['no file', new Uint8Array(), 400, 'No picture was chosen.'],
    ['half a picture', aJpeg().subarray(0, 30), 400, 'The picture is damaged'],
    ['a picture that is too wide', aPng(2_001, 1), 400, 'more than 2000 pixels'],
    ['a photograph', Buffer.concat([aJpeg(), Buffer.alloc(5_000_000)]), 413, 'larger than 256 kB'],
  ];
  for (const [what, bytes, status, words] of uploads)
    it(`says beside the field that ${what} is no logo`, async () => {
      const answer = await visitor.upload(`${PATH}/logo`, 'logo', bytes);
      expect(answer.status).to.equal(status);
      expect(tidied(await answer.text())).to.match(new RegExp(`id="logo-fault">[^<]*${words}`));
      expect(site.parts.institution.logo).to.equal(undefined);
    });

  it('takes uploads from its own forms only, in parts, and not without end', async () => {
    const forged = await visitor.upload(`${PATH}/logo`, 'logo', aPng(), { form: 'forged' });
    expect(forged.status).to.equal(403);
    expect((await visitor.submit(`${PATH}/logo`, { logo: 'x' })).status).to.equal(415);
    const torn = await visitor.send(
      `${PATH}/logo`,
      {},
      { 'content-type': 'multipart/form-data; boundary=x' },
    );
    expect(torn.status).to.equal(400);
    const endless = await visitor
      .upload(`${PATH}/logo`, 'logo', Buffer.alloc(9_000_000))
      .catch(() => undefined);
    if (endless !== undefined) expect(endless.status).to.equal(413);
    expect(site.parts.institution.logo).to.equal(undefined);
  });

  it('is changed by administrators only, and seen by everybody', async () => {
    await visitor.submit(PATH, { version: '0', name: 'Wyreford', region: 'Wyreshire' });
    for (const role of ['standard', 'advanced'] as const) {
      const other = await aVisitor(site, role);
      const page = await other.page(PATH);
      expect(page).to.include('Wyreshire, United Kingdom').and.not.include('enctype');
      expect((await other.submit(PATH, { version: '1', region: 'x' })).status).to.equal(403);
      expect((await other.upload(`${PATH}/logo`, 'logo', aPng())).status).to.equal(403);
      expect((await other.submit(`${PATH}/logo/remove`, {})).status).to.equal(403);
    }
  });
});
