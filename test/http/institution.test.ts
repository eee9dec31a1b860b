import { expect } from 'chai';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aJpeg, aPng } from '../institution/pictures.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

const institution = {
  name: 'Wyreford',
  names: { pt: 'Universidade de Wyreford' },
  contact: 'https://wyreford.example/contact',
  helpdesk: 'help@wyreford.example',
  ror: 'https://ror.org/013meh722',
  region: 'Wyreshire',
  repositories: [
    {
      name: 'Wyreford Research',
      url: 'https://research.wyreford.example/',
      platform: 'DSpace 7.6',
      oaiBaseUrl: 'https://research.wyreford.example/oai/request',
      opendoar: '165',
    },
  ],
};

interface Told {
  version: number;
  updated?: string;
  institution: Record<string, unknown>;
  logo?: { url: string; type: string; width: number };
  offered?: object[];
}

describe('the institution by HTTP', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await aSite({ site: { location: { country: 'GB' } } });
  });
  afterEach(() => site.close());

  const api = (method: string, path: string, body?: string | Uint8Array): Promise<Response> =>
    fetch(`${site.url}/api/institution${path}`, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
  const put = (version: number, said: object): Promise<Response> =>
    api('PUT', '', JSON.stringify({ version, institution: said }));

  it('is read, changed with the version that was read, and offered the repositories that are harvested', async () => {
    const before = (await (await api('GET', '')).json()) as Told;
    expect(before).to.deep.equal({
      version: 0,
      institution: {
        name: 'University of Wyreford',
        contact: 'repository@wyreford.example',
        names: {},
        repositories: [],
      },
      offered: [
        {
          name: 'repository',
          url: 'https://repository.example/',
          oaiBaseUrl: 'https://repository.example/oai',
        },
      ],
    });
    const after = (await (await put(0, institution)).json()) as Told;
    expect(after.institution).to.deep.equal(institution);
    expect([after.version, after.updated, after.offered]).to.deep.equal([
      1,
      new Date(site.clock.now()).toISOString(),
      undefined,
    ]);
    const late = await put(0, { region: 'elsewhere' });
    expect(late.status).to.equal(409);
    expect(await late.json()).to.deep.include({ code: 'INSTITUTION_CHANGED' });
    expect((await put(1, { ...institution, ror: '013meh723' })).status).to.equal(400);
  });

  it('is told in the node’s documents, in terms that the context defines', async () => {
    await put(0, institution);
    await site.parts.institution.setLogo(aPng(300, 100));
    const node = (await (await site.get('/', { accept: 'application/ld+json' })).json()) as JsonLdObject;
    expect(node['name']).to.equal('Wyreford');
    expect(node['institution']).to.deep.equal({
      id: 'https://ror.org/013meh722',
      type: 'Organization',
      name: 'Wyreford',
      names: [{ value: 'Universidade de Wyreford', language: 'pt' }],
      logo: {
        id: 'https://node.example/logo',
        type: 'ImageObject',
        encodingFormat: 'image/png',
        width: 300,
        height: 100,
      },
      contactPoints: [
        { type: 'ContactPoint', contactType: 'contact', url: 'https://wyreford.example/contact' },
        { type: 'ContactPoint', contactType: 'helpdesk', email: 'help@wyreford.example' },
      ],
      address: { type: 'PostalAddress', addressCountry: 'GB', addressRegion: 'Wyreshire' },
    });
    const registered = 'https://opendoar.ac.uk/repository/165';
    expect(node['repositories']).to.deep.equal([
      {
        id: 'https://research.wyreford.example/',
        type: ['WebSite', 'DataCatalog'],
        name: 'Wyreford Research',
        platform: 'DSpace 7.6',
        oaiBaseUrl: 'https://research.wyreford.example/oai/request',
        identifiers: [{ type: 'PropertyValue', propertyID: 'OpenDOAR', value: '165', url: registered }],
        sameAs: [registered],
      },
    ]);
    const quads = await toNQuads(node);
    for (const fact of [
      '<https://ror.org/013meh722> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Organization>',
      '<https://ror.org/013meh722> <https://schema.org/name> "Universidade de Wyreford"@pt',
      '<https://ror.org/013meh722> <https://schema.org/logo> <https://node.example/logo>',
      `<https://research.wyreford.example/> <https://schema.org/sameAs> <${registered}>`,
      '<https://research.wyreford.example/> <http://www.w3.org/ns/dcat#endpointURL> <https://research.wyreford.example/oai/request>',
    ])
      expect(quads).to.include(fact);
    const known = (await (await site.get('/.well-known/ngr-node')).json()) as JsonLdObject;
    expect(known).to.deep.include({
      name: 'Wyreford',
      institution: node['institution'],
      repositories: node['repositories'],
    });
  });

  it('has a document also where nothing is said', async () => {
    const plain = await aSite({});
    const node = (await (await plain.get('/', { accept: 'application/ld+json' })).json()) as JsonLdObject;
    expect(node['institution']).to.deep.include({
      id: 'https://node.example/#institution',
      type: 'Organization',
    });
    expect((await toNQuads(node)).length).to.be.greaterThan(0);
    await plain.close();
  });

  it('gives its name and a mail address to OAI-PMH, OpenSearch and the other documents', async () => {
    await put(0, institution);
    const identify = await (await site.get('/oai?verb=Identify')).text();
    expect(identify).to.include('<repositoryName>Wyreford</repositoryName>');
    expect(identify).to.include('<adminEmail>help@wyreford.example</adminEmail>');
    const search = await (await site.get('/opensearch.xml')).text();
    expect(search).to.include('<LongName>Wyreford</LongName>');
    expect(search).to.include('<Contact>help@wyreford.example</Contact>');
    expect(await site.page('/search?lang=pt')).to.include('<span>Universidade de Wyreford</span>');
  });

  it('has a logo, and none that is something else', async () => {
    const shown = await api('PUT', '/logo', aPng(300, 100));
    expect([shown.status, await shown.json()]).to.deep.equal([
      200,
      { url: 'https://node.example/logo', type: 'image/png', width: 300, height: 100 },
    ]);
    expect(((await (await api('GET', '')).json()) as Told).logo?.width).to.equal(300);
    const head = await fetch(`${site.url}/logo`, { method: 'HEAD' });
    expect(head.headers.get('content-type')).to.equal('image/png');
    for (const [bytes, status, code] of [
      [new Uint8Array(), 400, 'LOGO_NONE'],
      [Buffer.from('<svg/>'), 415, 'LOGO_KIND'],
      [aJpeg().subarray(0, 20), 400, 'LOGO_DAMAGED'],
      [aJpeg(10, 3_000), 400, 'LOGO_SIZE'],
      [Buffer.alloc(256 * 1024 + 1), 413, 'BODY_TOO_LARGE'],
    ] as const) {
      const refused = await api('PUT', '/logo', bytes).catch(() => undefined);
      if (refused === undefined) continue;
      expect([refused.status, ((await refused.json()) as { code: string }).code]).to.deep.equal([
        status,
        code,
      ]);
    }
    expect((await site.get('/logo')).status).to.equal(200);
    expect((await api('DELETE', '/logo')).status).to.equal(204);
    expect((await api('DELETE', '/logo')).status).to.equal(204);
    expect((await site.get('/logo')).status).to.equal(404);
  });

  it('has its logo below the path of the base URL', async () => {
    const below = await aSite({ base: 'https://wyreford.example/ngr' });
    const { version } = await below.parts.institution.setLogo(aPng());
    expect(await below.page('/ngr/')).to.include(`src="/ngr/logo?v=${version}"`);
    expect((await below.get(`/ngr/logo?v=${version}`)).status).to.equal(200);
    await below.close();
  });
});
