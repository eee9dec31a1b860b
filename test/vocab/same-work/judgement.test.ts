import { expect } from 'chai';
import {
  judge,
  NEEDED_BITS,
  workProfile,
  type Levels,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const TITLE = 'Towards effective research recommender systems for repositories';

function described(title: string, parts: Partial<NgrRecord> = {}): WorkProfile {
  const record = aRecord({ titles: [{ value: title }], ...parts });
  return workProfile({ ...record, id: 'https://node.example/records/a', node: '12D3KooW' });
}
const people = (...names: string[]): Pick<NgrRecord, 'creators'> => ({
  creators: names.map((name) => ({ name, kind: 'unknown' })),
});
const doi = (value: string): Pick<NgrRecord, 'identifiers'> => ({ identifiers: [{ scheme: 'doi', value }] });

describe('two records held against one another', () => {
  const vetoed: Record<string, [WorkProfile, WorkProfile, string]> = {
    'parts in roman and arabic numerals': [
      described(`${TITLE} II`),
      described(`${TITLE}, part 3`),
      'numbering',
    ],
    'editions of other years': [described(`${TITLE} 2015`), described(`${TITLE} 2016`), 'numbering'],
    'a reply': [described(TITLE), described(`Reply to ${TITLE}`), 'kind'],
    'a correction': [described(TITLE), described(`Erratum: ${TITLE}`), 'kind'],
    'DOIs of one registrant': [
      described(TITLE, doi('10.1/x')),
      described(TITLE, doi('10.1/y')),
      'identifiers',
    ],
    'a data set and its paper': [
      described(TITLE, { type: 'http://purl.org/coar/resource_type/c_ddb1' }),
      described(TITLE, { type: 'http://purl.org/coar/resource_type/c_6501' }),
      'type',
    ],
    headings: [described('Editorial'), described('Editorial'), 'boilerplate'],
    'what one says it reviews': [
      described(TITLE, doi('10.1/x')),
      described(TITLE, { relations: [{ kind: 'isReviewOf', target: { scheme: 'doi', value: '10.1/x' } }] }),
      'relation',
    ],
  };
  for (const [what, [a, b, veto]] of Object.entries(vetoed))
    it(`are kept apart: ${what}`, () => {
      expect(judge(a, b).vetoes.map(({ veto: name }) => name)).to.include(veto);
    });

  it('are the same with the same number written in another way', () => {
    expect(judge(described(`${TITLE} part II`), described(`${TITLE}, Part 2`)).vetoes).to.deep.equal([]);
  });

  it('have the same authors in another order, with initials, accents lost and names cut in pieces', () => {
    const a = described(TITLE, people('M. Tamer Özsu', 'Hector Garcia-Molina', 'Knoth, Petr'));
    const b = described(
      TITLE,
      people('P. Knoth', 'm. tamer &#214; zsu', 'h &#233; ctor garc &#237; a-molina'),
    );
    expect(judge(a, b).comparison.levels.authors).to.equal('all');
  });

  it('are the same with slips of the pen, and not where a prefix says the contrary', () => {
    const level = (a: string, b: string): string | undefined =>
      judge(described(a), described(b)).comparison.levels.title;
    expect(level(TITLE, 'Towards efective research recomender systems for repositories')).to.equal(
      'slips long',
    );
    expect(level('Learning from supervised data', 'Learning from unsupervised data')).to.not.match(/^s/);
  });

  it('a deposit with a DOI of its own is the published text where the rest agrees', () => {
    const a = described(TITLE, doi('10.1000/x'));
    const { bits, vetoes } = judge(a, described(TITLE, doi('10.5281/zenodo.1')));
    expect(vetoes).to.deep.equal([]);
    expect(bits).to.be.at.least(NEEDED_BITS);
  });

  const levels = (a: WorkProfile, b: WorkProfile): Levels => judge(a, b).comparison.levels;
  const inJournal = (title: string): Pick<NgrRecord, 'source'> => ({ source: { title } });

  describe('whose letters were damaged on the way', () => {
    const title = 'Percepção da saúde bucal em crianças de São Luís';
    const written = described(title, people('Ibáñez, Raúl'));
    const damages: Record<string, (text: string) => string> = {
      'UTF-8 read as Latin-1': (text) => Buffer.from(text).toString('latin1'),
      'UTF-8 read as Windows-1252': (text) => new TextDecoder('windows-1252').decode(Buffer.from(text)),
    };
    for (const [what, damage] of Object.entries(damages))
      it(`are the same: ${what}`, () => {
        const found = levels(written, described(damage(title), people(damage('Ibáñez, Raúl'))));
        expect(found).to.include({ title: 'same long', authors: 'one' });
      });

    it('keeps letters that only look like it', () => {
      const name = 'Â Ã© château naïve ÃƒÂ';
      expect(levels(described(name), described(name)).title).to.match(/^same/);
    });

    it('are the same with question marks in place of letters', () => {
      const a = described('La formación de profesores en la región de Córdoba durante el siglo veinte');
      expect(
        levels(a, described('La formaci?n de profesores en la regi?n de C?rdoba durante el siglo veinte'))
          .title,
      ).to.equal('slips long');
    });

    it('have the same author where a letter stands apart as an entity', () => {
      expect(levels(written, described(title, people('Ra &#250; l Ib &#225; &#241; ez'))).authors).to.equal(
        'one',
      );
      const a = described(title, people('Álvaro Núñez'));
      expect(levels(a, described(title, people('&#193; lvaro N &#250; &#241; ez'))).authors).to.equal('one');
    });
  });

  describe('by an author', () => {
    const level = (a: string, b: string): string | undefined =>
      levels(described(TITLE, people(a)), described(TITLE, people(b))).authors;
    it('who goes by a short form of a name, or by its initial', () => {
      expect(level('Okafor, William', 'Bill Okafor')).to.equal('one');
      expect(level('Okafor, W.', 'Bill Okafor')).to.equal('one');
      expect(level('Okafor, William', 'Robert Okafor')).to.equal('none');
    });
    it('with the years of a life behind the name', () => {
      expect(level('Okafor, William, 1931-2004', 'William Okafor')).to.equal('one');
    });
    it('with two slips in the given name', () => {
      expect(level('Okafor, Chimamanda', 'Okafor, Chimamdna')).to.not.equal('none');
    });
  });

  describe('with what some catalogues add to a title', () => {
    const level = (a: WorkProfile, b: WorkProfile): string | undefined => levels(a, b).title;
    it('a statement of responsibility', () => {
      const a = described(`${TITLE} / Nancy Pontika and Petr Knoth`, people('Pontika, Nancy', 'Knoth, Petr'));
      expect(level(a, described(TITLE))).to.equal('same long');
      const b = described('Input / output in repositories', people('Knoth, Petr'));
      expect(level(b, described('Input in repositories'))).to.not.match(/^same/);
    });
    it('a subtitle before the number of a part', () => {
      const a = described(`${TITLE} : a guide : Part 2`);
      expect(level(a, described(`${TITLE}, Part 2`))).to.equal('without subtitle');
      expect(judge(a, described(`${TITLE}, Part 3`)).vetoes.map(({ veto }) => veto)).to.include('numbering');
    });
    it('a year that dates it, or a series it is part of', () => {
      expect(judge(described(TITLE), described(`${TITLE}: workshop in Lima, 2015`)).vetoes).to.deep.equal([]);
      expect(level(described(TITLE), described(`${TITLE}: part of the Lima series`))).to.equal(
        'without subtitle',
      );
      expect(judge(described(TITLE), described(`${TITLE}: part 2`)).vetoes).to.not.deep.equal([]);
    });
  });

  it('are one review where one of them says that it is one, and the reviewer, year and journal are the same', () => {
    const rest = { ...people('Duarte, Inês'), ...inJournal('Revista de Bibliotecas'), published: '2015' };
    const vetoesOf = (parts: Partial<NgrRecord>): string[] =>
      judge(described(TITLE, { ...rest, ...parts }), described(`${TITLE} - book review`, rest)).vetoes.map(
        ({ veto }) => veto,
      );
    expect(vetoesOf({})).to.deep.equal([]);
    expect(vetoesOf(people('Knoth, Petr'))).to.deep.equal(['kind']);
    expect(vetoesOf({ published: '2014' })).to.deep.equal(['kind']);
  });

  it('are one heading where several authors, journal and year are the same', () => {
    const rest = {
      ...people('Duarte, Inês', 'Okafor, William', 'Knoth, Petr'),
      ...inJournal('Revista de Bibliotecas'),
      published: '2015',
    };
    const heading = described('Editorial', rest);
    expect(judge(heading, described('Editorial', rest)).vetoes).to.deep.equal([]);
    expect(judge(heading, described('Editorial', { ...rest, published: '2016' })).vetoes).to.not.deep.equal(
      [],
    );
  });

  describe('published in', () => {
    const level = (a: string, b: string): string | undefined =>
      levels(described(TITLE, inJournal(a)), described(TITLE, inJournal(b))).source;
    it('a journal with and without the word, or what it adds to its name', () => {
      expect(level('Soil Mechanics', 'Soil Mechanics Journal')).to.equal('similar');
      expect(level('J. Soil Mech.', 'JSM')).to.equal('similar');
      expect(level('Geoderma J.', 'The Geoderma Journal -- An International Journal of Soils')).to.be.oneOf([
        'same',
        'similar',
      ]);
    });
    it('a meeting, and the journal called after it', () => {
      expect(level('ISSMGE', 'ISSMGE Journal')).to.equal('other kind');
      expect(level('Proceedings of Soil Mechanics', 'Journal of Soil Mechanics')).to.equal('other kind');
    });
  });
});
