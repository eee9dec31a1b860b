import { expect } from 'chai';
import { LANGUAGES, localeOf } from '../../node/http/messages/index.ts';
import { acceptedLanguage } from '../../node/http/pages/view.ts';
import { aPut, aRecord } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

describe('the pages', () => {
  let site: TestSite;
  let key: string;
  before(async () => {
    site = await aSite();
    [key = ''] = await site.put(
      aPut(1, {
        titles: [{ value: 'Repositorios abiertos', language: 'es' }],
        abstracts: [{ value: 'Ein <b>Überblick</b>\n\nZweiter Absatz', language: 'de' }],
        published: '2016-05',
        languages: ['es'],
        type: 'http://purl.org/coar/resource_type/c_6501',
        access: { right: 'embargoed', embargoEnds: '2027-03-01' },
        licence: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
        subjects: [{ value: 'open access' }],
        identifiers: [{ scheme: 'url', value: 'javascript:alert(1)' }],
        files: [
          { url: 'https://repository.example/embargoed.pdf', access: 'embargoed' },
          {
            url: 'https://repository.example/1.pdf',
            format: 'application/pdf',
            length: 1_234_567,
            access: 'open',
          },
        ],
      }),
    );
  });
  after(async () => {
    await site.close();
  });

  it('speak the language that the browser asks for, or the one chosen on the page', async () => {
    expect(await site.page('/', { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' })).to.contain(
      '<html lang="fr">',
    );
    const spanish = await site.page('/?lang=es', { 'accept-language': 'fr' });
    expect(spanish).to.contain('<html lang="es">').and.contain('Últimos registros');
    // Who has chosen keeps the choice from page to page.
    expect(spanish)
      .to.contain('href="/peers?lang=es"')
      .and.contain('<input type="hidden" name="lang" value="es">');
  });

  it('say what a record was taken from: a repository, or files by their name', async () => {
    const { provenance } = aRecord();
    const source = 'file:nord%20%26%20s%C3%BCd';
    const [imported = ''] = await site.put(aPut(2, { provenance: { ...provenance, source } }));
    expect(await site.page(`/records/${key}`)).to.contain('Taken from https://repository.example/oai on');
    expect(await site.page(`/records/${imported}`)).to.contain('Taken from the files “nord &amp; süd” on');
  });

  it('find the reader’s language as lists of languages are meant', () => {
    expect(acceptedLanguage('de, pt-BR;q=0.8, fr;q=0.9')).to.equal('fr');
    expect(acceptedLanguage('pt-BR')).to.equal('pt');
    expect(acceptedLanguage('fr;q=0, es;q=0.1')).to.equal('es');
    expect(acceptedLanguage('de')).to.equal('en');
    expect(acceptedLanguage(undefined)).to.equal('en');
  });

  it('write dates, numbers and sizes as each language does', () => {
    expect(LANGUAGES.map((language) => localeOf(language).date('2027-03-01'))).to.deep.equal([
      'March 1, 2027',
      '1 de marzo de 2027',
      '1 de março de 2027',
      '1 mars 2027',
    ]);
    expect(localeOf('fr').date('2016-05')).to.equal('mai 2016');
    expect(localeOf('en').date('2016')).to.equal('2016');
    expect(localeOf('en').date('c. 1890')).to.equal('c. 1890');
    expect(localeOf('pt').number(1_234_567)).to.equal('1.234.567');
    expect([0, 999, 1_234_567].map((bytes) => localeOf('en').size(bytes))).to.deep.equal([
      '0 byte',
      '999 byte',
      '1.23 MB',
    ]);
    expect(localeOf('fr').messages.record.views(0)).to.equal('0 consultation');
    expect(localeOf('en').messages.record.views(2_000)).to.equal('2,000 views');
  });

  it('say nothing in English that the language has its own word for', () => {
    const english = texts(localeOf('en').messages);
    for (const language of ['es', 'pt', 'fr'] as const) {
      const same = [...texts(localeOf(language).messages)].filter(
        ([name, text]) => english.get(name) === text,
      );
      const names = same.map(([name]) => name);
      expect(names.length, `${language}: ${names.join(', ')}`).to.be.lessThan(20);
      expect([...texts(localeOf(language).messages).values()]).not.to.include('');
    }
  });

  it('mark text in other languages, and show the record’s text as text', async () => {
    const text = await site.page(`/records/${key}`);
    expect(text).to.contain('<span lang="es" dir="auto">Repositorios abiertos</span>');
    expect(text).to.contain('<title>Repositorios abiertos · University of Wyreford</title>');
    expect(text).to.contain(
      '<div lang="de" dir="auto"><p>Ein &lt;b&gt;Überblick&lt;/b&gt;</p><p>Zweiter Absatz</p></div>',
    );
    expect(await site.page(`/records/${key}?lang=es`)).to.contain('<h1>Repositorios abiertos</h1>');
  });

  it('show what the record says, in the words of the page’s language', async () => {
    const text = (await site.page(`/records/${key}?lang=fr`)).replaceAll(/\s/g, ' ');
    for (const shown of [
      'mai 2016',
      'Sous embargo jusqu’au 1 mars 2027',
      'CC BY-NC-SA 4.0',
      'espagnol',
      '1,23 Mo',
    ]) {
      expect(text).to.contain(shown);
    }
  });

  it('link open files only, and only addresses of the web', async () => {
    const text = await site.page(`/records/${key}`);
    expect(text).to.contain('<a href="https://repository.example/1.pdf" rel="nofollow noopener">');
    expect(text).not.to.contain('embargoed.pdf').and.not.contain('href="javascript');
  });

  it('tell search engines what a record is, whatever stands in its texts', async () => {
    const [evil = ''] = await site.put(
      aPut(77, { titles: [{ value: '</script><script>alert(1)</script>' }] }),
    );
    const text = await site.page(`/records/${evil}`);
    const [, json = '', ...more] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(text) ?? [];
    expect(more).to.deep.equal([]);
    expect(JSON.parse(json)).to.deep.include({
      '@context': 'https://schema.org/',
      name: '</script><script>alert(1)</script>',
    });
    expect(text.match(/<script/g)).to.have.length(1);
  });

  it('have no script, no style of their own, and nothing from elsewhere', async () => {
    for (const path of ['/', '/search?q=a', '/records', `/records/${key}`, '/peers', '/usage', '/nothing']) {
      // A data block is not run, and what a typed link leads to is not fetched.
      const text = (await site.page(path))
        .replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, '')
        .replaceAll(/<link rel="(?:author|cite-as|item|license|type)"[^>]*>/g, '');
      expect(text, path).not.to.match(/<script|<style|\sstyle=|\son\w+=/);
      expect(
        text.match(/<(?:img|link|source)[^>]+(?:src|href)="(?!\/|https:\/\/node\.example\/)[^"]*"/g),
        path,
      ).to.equal(null);
    }
  });
});

/** All texts of a catalogue, by path; those that take a number or a text are given one. */
function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(messages) as [string, unknown][]) {
    const place = `${path}${name}`;
    if (typeof value === 'string') found.set(place, value);
    else if (typeof value === 'function')
      found.set(place, String((value as (...args: unknown[]) => unknown)(3, 3)));
    else for (const [inner, text] of texts(value as object, `${place}.`)) found.set(inner, text);
  }
  return found;
}
