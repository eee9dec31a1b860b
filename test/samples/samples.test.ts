import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { decodeHTML } from 'entities';
import { SaxesParser } from 'saxes';
import { buildRepository } from '../../scripts/samples/repository.ts';
import {
  readTables,
  repositoryNames,
  type RepositoryName,
  type Tables,
} from '../../scripts/samples/tables.ts';
import { readXml, type XmlElement } from '../../vocab/xml/index.ts';

const folder = new URL('../../samples/', import.meta.url);
const oai = 'http://www.openarchives.org/OAI/2.0/';
const dc = 'http://purl.org/dc/elements/1.1/';

/** What may stand in each format, by namespace. */
const namespacesOf: Record<string, string[]> = {
  oai_dc: ['http://www.openarchives.org/OAI/2.0/oai_dc/', dc],
  rioxx: [
    'http://www.rioxx.net/schema/v3.0/rioxx/',
    'http://www.rioxx.net/schema/v3.0/rioxxterms/',
    dc,
    'http://purl.org/dc/terms/',
  ],
  oai_openaire: ['http://namespace.openaire.eu/schema/oaire/', 'http://datacite.org/schema/kernel-4', dc],
};

describe('the sample repositories', () => {
  let tables: Tables;
  const texts = new Map<string, string>();

  const records = (name: RepositoryName, prefix = 'oai_dc'): XmlElement[] => [
    ...readXml(texts.get(`${name}/${prefix}.xml`) ?? '').children,
  ];
  const liveRecords = (name: RepositoryName, prefix = 'oai_dc') =>
    records(name, prefix).filter((record) => record.child('metadata') !== undefined);
  const recordOf = (name: RepositoryName, prefix: string, workId: string): XmlElement => {
    const { repository, house } = tables.repositories[name];
    const held = house.holdings.find(({ work, deleted }) => work === workId && deleted === undefined);
    const found = records(name, prefix).find(
      (each) => headerText(each, 'identifier') === `${repository.identifierPrefix}${held?.item}`,
    );
    if (found === undefined) throw new Error(`${name} does not hold ${workId}`);
    return found;
  };

  before(async () => {
    tables = await readTables(folder);
    for (const name of repositoryNames) {
      for (const { prefix } of tables.repositories[name].repository.formats) {
        const path = `${name}/${prefix}.xml`;
        texts.set(path, await readFile(new URL(path, folder), 'utf8'));
      }
    }
  });

  describe('the table of works', () => {
    it('has about a hundred of them, each once, all held somewhere', () => {
      const works = [...tables.works.values()];
      const held = new Set(
        repositoryNames.flatMap((name) => liveHoldings(tables, name).map(({ work }) => work)),
      );
      expect(works.length).to.be.within(90, 110);
      expect(new Set(works.map(({ title, subtitle }) => plain(`${title} ${subtitle ?? ''}`))).size).to.equal(
        works.length,
      );
      expect(held).to.deep.equal(new Set(tables.works.keys()));
    });

    it('gives each work keywords that exist in three languages, and a third of them an abstract', () => {
      const works = [...tables.works.values()];
      const keywords = new Set(works.flatMap(({ subjects }) => subjects));
      expect(Object.keys(tables.thesaurus)).to.have.members([...keywords]);
      expect(works.filter(({ abstract }) => abstract !== undefined).length).to.be.at.least(works.length / 3);
    });

    it('says where each work is cited', () => {
      const cited = [...tables.works.values()].flatMap(({ citedBy }) => citedBy);
      expect(new Set(cited)).to.deep.equal(new Set(['pontika-2016', 'roy-2018']));
    });
  });

  for (const name of repositoryNames) {
    describe(name, () => {
      it('is what the tables give now: run scripts/samples/build.ts after a change', () => {
        for (const [file, text] of buildRepository(tables, name)) {
          expect(texts.get(`${name}/${file}`) === text, file).to.equal(true);
        }
      });

      it('is well-formed, with every prefix declared', () => {
        for (const { prefix } of tables.repositories[name].repository.formats) {
          const parser = new SaxesParser({ xmlns: true });
          expect(() => parser.write(texts.get(`${name}/${prefix}.xml`) ?? '').close(), prefix).not.to.throw();
        }
      });

      it('holds forty to fifty records and remembers two or three deleted ones', () => {
        const live = liveRecords(name).length;
        expect(live).to.be.within(40, 50);
        expect(records(name).length - live).to.be.within(2, 3);
        for (const record of records(name)) {
          const status = record.child('header')?.attributes['status'];
          expect(status).to.equal(record.child('metadata') === undefined ? 'deleted' : undefined);
        }
      });

      it('gives the same headers in every format, and oai_dc among them', () => {
        const { formats } = tables.repositories[name].repository;
        const headers = (prefix: string) =>
          records(name, prefix).map((record) => record.child('header')?.content());
        expect(formats.map(({ prefix }) => prefix)).to.include('oai_dc');
        for (const { prefix } of formats) expect(headers(prefix)).to.deep.equal(headers('oai_dc'));
      });

      it('identifies, dates and shelves its records as it tells harvesters', () => {
        const { identifierPrefix, granularity, sets } = tables.repositories[name].repository;
        const identifiers = records(name).map((record) => headerText(record, 'identifier'));
        const specs = new Set(sets.map(({ spec }) => spec));
        expect(new Set(identifiers).size).to.equal(identifiers.length);
        for (const identifier of identifiers) expect(identifier.startsWith(identifierPrefix)).to.equal(true);
        for (const record of records(name)) {
          const datestamp = headerText(record, 'datestamp');
          const iso = new Date(datestamp).toISOString();
          expect(datestamp).to.equal(
            granularity === 'YYYY-MM-DD' ? iso.slice(0, 10) : iso.replace('.000', ''),
          );
          expect(datestamp >= '2024' && datestamp < '2026-11-01', datestamp).to.equal(true);
          for (const set of record.child('header')?.childrenNamed('setSpec') ?? []) {
            expect([...specs]).to.include(set.text);
          }
        }
        for (const spec of specs) expect([...specs]).to.include(spec.split(':')[0]);
      });

      it('writes each format in its own namespaces', () => {
        for (const { prefix, namespace } of tables.repositories[name].repository.formats) {
          for (const record of liveRecords(name, prefix)) {
            const metadata = record.child('metadata')?.children ?? [];
            const used = new Set(metadata.flatMap(descendants).map((each) => each.namespace));
            expect(record.namespace).to.equal(oai);
            expect(metadata.map((root) => root.namespace)).to.deep.equal([namespace]);
            expect(namespacesOf[prefix]).to.include.members([...used]);
          }
        }
      });

      it('writes no DOI that is not one of its works’ own', () => {
        const known = new Set([...tables.works.values()].map(({ doi }) => doi));
        for (const { ownDoi } of tables.repositories[name].house.holdings) known.add(ownDoi);
        for (const { prefix } of tables.repositories[name].repository.formats) {
          const found = liveRecords(name, prefix).flatMap(doisIn);
          expect(found.length).to.be.greaterThan(10);
          for (const doi of found) {
            expect(doi).to.match(/^10\.\d{4,9}\/[-._;()/:A-Za-z0-9]+$/);
            expect([...known]).to.include(doi);
          }
        }
      });

      it('has an item under embargo, a restricted one, and one of which there is no file', () => {
        const held = liveHoldings(tables, name);
        const embargoed = held.filter(({ access }) => access === 'embargoed');
        expect(embargoed.some(({ embargoEnds }) => (embargoEnds ?? '') > '2027')).to.equal(true);
        expect(held.map(({ access }) => access)).to.include.members(['restricted', 'metadata-only']);
        for (const { work, embargoEnds } of embargoed) {
          const texts = dcTexts(recordOf(name, 'oai_dc', work));
          expect(texts).to.include('info:eu-repo/semantics/embargoedAccess');
          expect(texts).to.include(`info:eu-repo/date/embargoEnd/${embargoEnds}`);
        }
        for (const { work } of held.filter(({ access }) => access === 'metadata-only')) {
          for (const { prefix } of tables.repositories[name].repository.formats) {
            expect(recordOf(name, prefix, work).content()).not.to.match(/\.example\/\S+\.(pdf|ppt)\b/);
          }
        }
      });
    });
  }

  it('states an embargo in RIOXX by the day on which the file will be exposed', () => {
    const metadata = recordOf('wyreford', 'rioxx', 'jones-2006').child('metadata');
    const relation = metadata?.child('rioxx')?.child('relation');
    expect(relation?.attributes).to.include({
      access_rights: 'http://purl.org/coar/access_right/c_f1cf',
      resource_exposed_date: '2028-01-01',
    });
  });

  it('states an embargo in OpenAIRE by the access right and the day from which the file is available', () => {
    const resource = recordOf('nordmark', 'oai_openaire', 'jones-c-2007')
      .child('metadata')
      ?.child('resource');
    const dates = resource
      ?.child('dates')
      ?.children.map(({ attributes, text }) => [attributes['dateType'], text]);
    expect(resource?.child('rights')?.attributes['rightsURI']).to.equal(
      'http://purl.org/coar/access_right/c_f1cf',
    );
    expect(dates).to.deep.include(['Available', '2027-12-31']);
  });

  it('has a record that only a handle identifies', () => {
    const found = dcTexts(recordOf('andina', 'oai_dc', 'cervone-2004'), 'identifier', 'relation', 'source');
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(/^http:\/\/hdl\.handle\.net\/20\.500\.00000\/\d+$/);
  });

  it('shows the same works in several repositories, to be found by DOI or by title', () => {
    const promised = [...tables.works.keys()]
      .map((id) =>
        repositoryNames.filter((name) => liveHoldings(tables, name).some(({ work }) => work === id)).join(),
      )
      .filter((holders) => holders.includes(','))
      .toSorted();
    const found = sameWorks(
      repositoryNames.flatMap((name) => liveRecords(name).map((record) => ({ name, record }))),
    )
      .map((names) => names.join())
      .filter((holders) => holders.includes(','))
      .toSorted();
    expect(found).to.deep.equal(promised);
    expect(found.length).to.be.at.least(12);
    expect(found.filter((holders) => holders.split(',').length === 3).length).to.be.at.least(4);
  });

  it('shows one work in three hands', () => {
    const written = repositoryNames.map((name) => {
      const record = recordOf(name, 'oai_dc', 'knoth-zdrahal-2012');
      return [...dcTexts(record, 'title'), ...dcTexts(record, 'creator')];
    });
    expect(written).to.deep.equal([
      ['CORE: three access levels to underpin open access', 'Knoth, Petr', 'Zdrahal, Zdenek'],
      ['CORE: Three Access Levels to Underpin Open Access', 'Knoth, P.', 'Zdrahal, Z.'],
      ['CORE - Three Access Levels to Underpin Open Access', 'Petr Knoth', 'Zdenek Zdrahal'],
    ]);
  });

  it('has what careless cataloguing leaves behind', () => {
    const all = repositoryNames.flatMap((name) => liveRecords(name)).flatMap((record) => dcTexts(record));
    for (const trace of [
      /&rsquo;/,
      /&#8217;/,
      /<i>/,
      /<p>/,
      /^THE CASE FOR/,
      /^PESET, /,
      /^Bjork, B\.-C\.$/,
      /^http:\/\/dx\.doi\.org\//,
      /^doi:10\./,
      /^info:doi\/10\./,
      /^10\./,
      /^info:eu-repo\/semantics\/altIdentifier\/doi\/10\./,
      /\d\. doi:10\./,
      /^Inglés$/,
      /^cc_by_4$/,
      /deed\.es$/,
    ]) {
      expect(
        all.some((text) => trace.test(text)),
        String(trace),
      ).to.equal(true);
    }
  });
});

function liveHoldings(tables: Tables, name: RepositoryName) {
  return tables.repositories[name].house.holdings.filter(({ deleted }) => deleted === undefined);
}

function headerText(record: XmlElement, local: string): string {
  return record.child('header')?.childText(local) ?? '';
}

/** Texts of the Dublin Core elements with these names, or of all. */
function dcTexts(record: XmlElement, ...locals: string[]): string[] {
  const elements = record.child('metadata')?.child('dc')?.children ?? [];
  return elements
    .filter(({ local }) => locals.length === 0 || locals.includes(local))
    .map((element) => element.content());
}

function descendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}

function doisIn(record: XmlElement): string[] {
  return descendants(record).flatMap(({ local, text }) =>
    // An address that has a DOI in it may end in a slash.
    local === 'description' ? [] : (text.match(/\b10\.\d{4,9}\/\S+[^\s/]/g) ?? []),
  );
}

/** A title without markup, case, accents and punctuation. */
function plain(title: string): string {
  return decodeHTML(title)
    .replace(/<[^>]*>/g, '')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The repositories that hold each work, where records with a DOI or a title in common are one work. */
function sameWorks(held: { name: RepositoryName; record: XmlElement }[]): RepositoryName[][] {
  const groupOf = new Map<string, { names: RepositoryName[]; keys: string[] }>();
  for (const { name, record } of held) {
    const keys = [...dcTexts(record, 'title').map(plain), ...doisIn(record).map((doi) => doi.toLowerCase())];
    const groups = new Set(keys.map((key) => groupOf.get(key)).filter((group) => group !== undefined));
    const merged = {
      names: [...[...groups].flatMap((group) => group.names), name],
      keys: [...[...groups].flatMap((group) => group.keys), ...keys],
    };
    for (const key of merged.keys) groupOf.set(key, merged);
  }
  return [...new Set(groupOf.values())].map(({ names }) => names);
}
