import { expect } from 'chai';
import { bestCrosswalk, crosswalkOf, crosswalks } from '../../../vocab/crosswalks/index.ts';
import { element, readXml } from '../../../vocab/xml/index.ts';

describe('the choice of a crosswalk', () => {
  /** Namespace and schema may be absent. */
  const offers = (...formats: [prefix: string, namespace?: string, schema?: string][]): string | undefined =>
    bestCrosswalk(formats.map(([prefix, namespace = '', schema = '']) => ({ prefix, namespace, schema })))
      ?.format.prefix;

  const oaiDc: [string, string] = ['oai_dc', 'http://www.openarchives.org/OAI/2.0/oai_dc/'];

  it('takes the richest format on offer', () => {
    const openaire: [string, string] = ['oai_openaire', 'http://namespace.openaire.eu/schema/oaire/'];
    const rioxx: [string, string] = ['rioxx', 'http://www.rioxx.net/schema/v2.0/rioxx/'];
    const xoai: [string, string] = ['xoai', 'http://www.lyncode.com/xoai'];
    const qualified: [string, string] = ['qdc', 'http://purl.org/dc/terms/'];
    expect(offers(oaiDc, qualified, xoai, rioxx, openaire)).to.equal('oai_openaire');
    expect(offers(oaiDc, qualified, xoai, rioxx)).to.equal('rioxx');
    expect(offers(oaiDc, qualified, xoai)).to.equal('xoai');
    expect(offers(oaiDc, qualified)).to.equal('qdc');
    expect(offers(['marcxml', 'http://www.loc.gov/MARC21/slim'], oaiDc)).to.equal('oai_dc');
    expect(offers(['marcxml', 'http://www.loc.gov/MARC21/slim'])).to.equal(undefined);
    expect(offers()).to.equal(undefined);
  });

  it('knows a format by its namespace whatever its prefix, then by its schema, then by its prefix', () => {
    const chosen = (prefix: string, namespace: string, schema: string): string | undefined =>
      bestCrosswalk([{ prefix, namespace, schema }])?.crosswalk.title;
    expect(chosen('x', 'http://www.rioxx.net/schema/v3.0/rioxx/', '')).to.equal('RIOXX 3.0');
    expect(chosen('rioxx', 'https://www.rioxx.net/schema/V2.0/rioxx', '')).to.equal('RIOXX 2.0');
    expect(chosen('x', 'urn:x', 'http://www.rioxx.net/schema/v2.0/rioxx/rioxx.xsd')).to.equal('RIOXX 2.0');
    expect(chosen('DIM', 'urn:x', '')).to.equal('DSpace Intermediate Metadata');
    expect(chosen('oai_qdc', '', '')).to.equal('Qualified Dublin Core');
    expect(chosen('', '', '')).to.equal(undefined);
  });

  for (const [what, root, namespace, prefix, title] of [
    [
      'by its namespace',
      'dim:dim',
      'http://www.dspace.org/xmlns/dspace/dim',
      'oai_dc',
      'DSpace Intermediate Metadata',
    ],
    [
      'by the namespace that DSpace announces for qdc',
      'dim:record',
      'http://purl.org/dc/terms/',
      'qdc',
      'Qualified Dublin Core',
    ],
    ['without a namespace by prefix and name', 'rioxx', '', 'rioxx', 'RIOXX 3.0'],
    ['without a namespace by its name alone', 'dc', '', 'x', 'Unqualified Dublin Core'],
    ['with an unknown namespace by the prefix', 'dim:dim', 'urn:dim', 'dim', 'DSpace Intermediate Metadata'],
    ['with an unknown namespace not by its name', 'dim:dim', 'urn:dim', 'x', undefined],
    ['whose name may be anything only by the prefix', 'metadata', '', 'xoai', 'XOAI'],
    ['whose name may be anything not without the prefix', 'metadata', '', 'x', undefined],
  ] as const) {
    it(`knows a record ${what}`, () => {
      const record = readXml(element(root, { 'xmlns:dim': namespace || 'urn:x' }));
      expect(crosswalkOf(record, prefix)?.title).to.equal(title);
    });
  }

  it('finds every crosswalk by what it says of itself', () => {
    for (const crosswalk of crosswalks) {
      const { prefix, namespace, schema, roots } = crosswalk;
      expect(bestCrosswalk([{ prefix, namespace, schema }])?.crosswalk, prefix).to.equal(crosswalk);
      const record = readXml(element(roots[0]!, { xmlns: namespace }));
      expect(crosswalkOf(record, prefix), prefix).to.equal(crosswalk);
    }
  });

  it('has rows that say where each element goes', () => {
    for (const { rows, title, describedAt } of crosswalks) {
      expect(rows.length, title).to.be.greaterThan(10);
      expect(describedAt, title).to.match(/^https:\/\//);
      for (const row of rows) expect(row.goesTo, `${title} ${row.element}`).to.match(/^[a-zA-Z]/);
    }
  });
});
