import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { detectLanguage, isLike, knowsLanguage } from '../../node/harvest/language/index.ts';
import { Draft } from '../../node/harvest/stages/index.ts';
import { language } from '../../node/harvest/stages/language.ts';
import { languagesInPlace } from '../support/harvest-stages.ts';

interface Text {
  language: string;
  title: string;
  abstract: string;
}

const texts = JSON.parse(readFileSync(new URL('texts/languages.json', import.meta.url), 'utf8')) as Text[];
const textIn = (tag: string): Text => texts.find((text) => text.language === tag)!;

/** A record with these titles and abstracts, after the stage. */
async function judged(titles: string[], abstracts: string[], languages: string[]): Promise<Draft> {
  const metadata = { format: 'table', text: '', fields: {} };
  const item = { oaiIdentifier: 'oai:x:1', datestamp: '2026-01-01', sets: [], metadata };
  const draft = new Draft(item, { source: 'https://repository.example/oai', harvestedAt: 1 });
  draft.record.titles = titles.map((value) => ({ value }));
  draft.record.abstracts = abstracts.map((value) => ({ value }));
  draft.record.languages = languages;
  await language(languagesInPlace).apply([draft], new AbortController().signal);
  return draft;
}

const codes = ({ problems }: Draft): string[] => problems.map(({ code }) => code);

describe('the language of a text', () => {
  for (const { language: tag, title, abstract } of texts) {
    if (!knowsLanguage(tag)) continue;
    it(`is told: ${tag}, “${title.slice(0, 40)}…”`, () => {
      const detected = detectLanguage(`${title}. ${abstract}`);
      expect(detected?.language).to.equal(tag);
      expect(detected?.confidence).to.be.within(90, 100);
    });
  }

  it('is none where it cannot be told', () => {
    for (const text of [
      '',
      'Ulysses',
      'Smith, J., Doe, A.',
      '2010-2011; 45 (3): 12–14; 10.1000/182; 978-3-16-148410-0',
      '… … …',
    ]) {
      expect(detectLanguage(text), text).to.equal(undefined);
    }
  });

  it('is looked for in a long text in several places, in little time', () => {
    const long = `${textIn('es').abstract} `.repeat(2_000);
    expect(detectLanguage(long)).to.include({ language: 'es' });
    expect(detectLanguage('x'.repeat(1_000_000))).to.be.oneOf([
      undefined,
      detectLanguage('x'.repeat(1_000_000)),
    ]);
  });
});

describe('the language of a record', () => {
  it('is put down, with how sure it is', async () => {
    const { title, abstract } = textIn('fr');
    const draft = await judged([title], [abstract], ['fr']);
    expect(draft.record.detected).to.include({ language: 'fr' });
    expect(draft.record.detected?.confidence).to.be.greaterThan(95);
    expect(draft.problems).to.deep.equal([]);
  });

  it('is taken from the text where the record names none', async () => {
    const { title, abstract } = textIn('pt');
    const draft = await judged([title], [abstract], []);
    expect(draft.record.languages).to.deep.equal(['pt']);
    expect(codes(draft)).to.deep.equal(['LANGUAGE_DETECTED']);
    expect(draft.problems[0]).to.deep.include({ severity: 'info', repairs: [{ before: '', after: 'pt' }] });
  });

  it('that the record names is held against the text, and left as it is', async () => {
    const { title, abstract } = textIn('es');
    const draft = await judged([title], [abstract], ['en-GB']);
    expect(draft.record.languages).to.deep.equal(['en-GB']);
    expect(codes(draft)).to.deep.equal(['LANGUAGE_DISAGREES']);
    expect(draft.problems[0]).to.include({ severity: 'warning' });
    expect(draft.problems[0]?.message).to.include('“en-GB”').and.to.include('“es”');
    expect(draft.problems[0]?.detail).to.match(/confidence of \d+ %/);
  });

  it('may be one of several', async () => {
    const [es, en] = [textIn('es'), textIn('en')];
    expect(codes(await judged([es.title], [es.abstract], ['en', 'es']))).to.deep.equal([]);
    expect(codes(await judged([es.title, en.title], [en.abstract], ['es']))).to.deep.equal([]);
    expect(codes(await judged([es.title], [es.abstract, en.abstract], ['en']))).to.deep.equal([]);
    expect(codes(await judged([`${es.title} = ${en.title}`], [en.abstract], ['es']))).to.deep.equal([]);
    const zh = textIn('zh').title;
    expect(codes(await judged([`${zh} (${en.title})`], [en.abstract], ['zh']))).to.deep.equal([]);
    const halves = `${es.abstract} ${es.abstract} ${es.abstract} ${en.abstract} ${en.abstract} ${en.abstract}`;
    expect(codes(await judged([], [halves], ['en']))).to.deep.equal([]);
  });

  it('is not told from short titles, nor from names', async () => {
    expect(codes(await judged(['La Divina Commedia'], [], ['en']))).to.deep.equal([]);
    expect(
      codes(
        await judged(['Friedrich Schleiermacher, Wilhelm von Humboldt, Johann Gottlieb Fichte'], [], ['en']),
      ),
    ).to.deep.equal([]);
    expect(codes(await judged(['Ulysses'], [], []))).to.deep.equal([]);
  });

  it('is not held against one that is not known, or hardly another', async () => {
    for (const [tag, named] of [
      ['gl', 'gl'],
      ['la', 'la'],
      ['id', 'ms'],
      ['da', 'nb'],
      ['en', 'qu'],
      ['zh', 'yue'],
      ['en', 'mul'],
    ]) {
      const { title, abstract } = textIn(tag!);
      expect(codes(await judged([title], [abstract], [named!])), named).to.deep.equal([]);
    }
  });

  it('disagrees only where it does: 99 of 100 that are told are true, and few are missed', async () => {
    let [told, wrong, missed] = [0, 0, 0];
    for (const { language: tag, title, abstract } of texts) {
      for (const { language: named } of texts) {
        if (!knowsLanguage(named)) continue;
        for (const [titles, abstracts] of [
          [[title], [abstract]],
          [[title], []],
          [[], [abstract]],
        ] as const) {
          const raised = codes(await judged([...titles], [...abstracts], [named])).includes(
            'LANGUAGE_DISAGREES',
          );
          const isTrue = !isLike(tag, named) && tag !== 'gl';
          if (raised) told += 1;
          if (raised && !isTrue) wrong += 1;
          if (!raised && isTrue && abstracts.length > 0) missed += 1;
        }
      }
    }
    expect(told).to.be.greaterThan(2_000);
    expect(wrong / told).to.be.lessThan(0.01);
    expect(missed / told).to.be.lessThan(0.25);
  });
});
