import { expect } from 'chai';
import { meaningOf, presets, type PresetName } from '../../../protocols/access-log/index.ts';

const ITEM = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const SITE = 'https://r.example';

type Case = readonly [path: string, kind: 'investigation' | 'request' | undefined, name?: string];

/** What each system's paths mean: pages and files of items, and what looks like either and is none. */
const cases: Readonly<Record<PresetName, readonly Case[]>> = {
  dspace: [
    [`/items/${ITEM}`, 'investigation', `dspace-item:${ITEM}`],
    [`/items/${ITEM}/full`, 'investigation', `dspace-item:${ITEM}`],
    [`/items/${ITEM}?locale=es`, 'investigation', `dspace-item:${ITEM}`],
    [`/entities/publication/${ITEM}`, 'investigation', `dspace-item:${ITEM}`],
    [`/repositorio/entities/person/${ITEM}/full`, 'investigation', `dspace-item:${ITEM}`],
    ['/handle/10029/45', 'investigation', 'hdl:10029/45'],
    ['/handle/123456789/12', 'investigation', 'oai:*:123456789/12'],
    ['/handle/123456789%2F12', 'investigation', 'oai:*:123456789/12'],
    [`/server/api/core/items/${ITEM}`, 'investigation', `dspace-item:${ITEM}`],
    [`/server/api/core/items/${ITEM}?embed=thumbnail`, 'investigation', `dspace-item:${ITEM}`],
    [`/server/api/core/bitstreams/${ITEM}/content`, 'request', `dspace-file:${ITEM}`],
    [`/server/api/core/bitstreams/${ITEM}/content?authentication-token=x`, 'request', `dspace-file:${ITEM}`],
    ['/bitstream/handle/10029/45/thesis.pdf?sequence=1', 'request', 'hdl:10029/45'],
    ['/bitstream/10029/45/1/thesis.pdf', 'request', 'hdl:10029/45'],
    ['/bitstream/handle/10029/45/thesis.pdf.jpg', undefined],
    ['/bitstream/handle/10029/45/thesis.pdf.txt?sequence=3', undefined],
    ['/bitstream/handle/10029/45/license.txt', undefined],
    ['/bitstream/handle/10029/45/license_rdf?sequence=2', undefined],
    // The page that leads to the content, and facts about the file.
    [`/bitstreams/${ITEM}/download`, undefined],
    [`/server/api/core/bitstreams/${ITEM}`, undefined],
    [`/server/api/core/bitstreams/${ITEM}/format`, undefined],
    [`/server/api/core/items/${ITEM}/owningCollection`, undefined],
    [`/items/${ITEM}/edit/metadata`, undefined],
    [`/server/api/discover/search/objects?scope=${ITEM}`, undefined],
    [`/collections/${ITEM}`, undefined],
    ['/browse/author?scope=10029', undefined],
    ['/main.4ae3f1.js', undefined],
    ['/assets/fonts/a.woff2', undefined],
  ],
  'dspace-6': [
    ['/handle/10029/45', 'investigation', 'hdl:10029/45'],
    ['/xmlui/handle/10029/45?show=full', 'investigation', 'hdl:10029/45'],
    ['/jspui/handle/10029/45?mode=full', 'investigation', 'hdl:10029/45'],
    ['/handle/10029/45?locale-attribute=en', 'investigation', `${SITE}/handle/10029/45`],
    ['/bitstream/handle/10029/45/a%20b.pdf?sequence=1&isAllowed=y', 'request', 'hdl:10029/45'],
    ['/xmlui/bitstream/handle/10029/45/a.pdf', 'request', 'hdl:10029/45'],
    ['/jspui/bitstream/10029/45/1/a.pdf', 'request', 'oai:*:10029/45'],
    [`/rest/bitstreams/${ITEM}/retrieve`, 'request', `dspace-file:${ITEM}`],
    ['/rest/bitstreams/512/retrieve', 'request', 'dspace-file:512'],
    ['/rest/items/77', 'investigation', 'dspace-item:77'],
    ['/rest/handle/10029/45', 'investigation', 'hdl:10029/45'],
    ['/bitstream/handle/10029/45/a.pdf.jpg?sequence=4', undefined],
    ['/bitstream/10029/45/3/license.txt', undefined],
    ['/bitstream/10029/45/5/a.pdf.txt', undefined],
    ['/handle/10029/45/browse?type=author', undefined],
    ['/handle/10029/45/statistics', undefined],
    ['/handle/10029/45/discover?query=x', undefined],
    ['/retrieve/990/thumb.jpg', undefined],
    ['/rest/items/77/metadata', undefined],
    ['/themes/Mirage2/styles/main.css', undefined],
  ],
  eprints: [
    ['/123/', 'investigation', `${SITE}/123`],
    ['/123', 'investigation', 'oai:*:123'],
    ['/id/eprint/123', 'investigation', `${SITE}/id/eprint/123`],
    ['/id/eprint/123/', 'investigation', 'oai:*:123'],
    ['/123/1/paper.pdf', 'request', `${SITE}/123`],
    ['/123/12/data%20set.zip?x=1', 'request', 'oai:*:123'],
    ['/id/eprint/123/1/paper.pdf', 'request', `${SITE}/123`],
    ['/123/1.hassmallThumbnailVersion/paper.pdf', undefined],
    ['/123/1.haspreviewThumbnailVersion/paper.pdf', undefined],
    ['/123/thumbnails/1/small.jpg', undefined],
    ['/123/2/indexcodes.txt', undefined],
    ['/cgi/export/eprint/123/BibTeX/x.bib', undefined],
    ['/cgi/search/simple', undefined],
    ['/view/year/2020.html', undefined],
    ['/style/auto.css', undefined],
    ['/2020/summary.html', undefined],
  ],
  invenio: [
    ['/records/abcde-12345', 'investigation', `${SITE}/records/abcde-12345`],
    ['/records/abcde-12345?preview=1', 'investigation', 'oai:*:abcde-12345'],
    ['/record/42', 'investigation', `${SITE}/record/42`],
    ['/api/records/abcde-12345', 'investigation', `${SITE}/records/abcde-12345`],
    ['/records/abcde-12345/preview/data.csv', 'investigation', `${SITE}/records/abcde-12345`],
    ['/records/abcde-12345/files/data%20one.csv?download=1', 'request', `${SITE}/records/abcde-12345`],
    ['/record/42/files/a.pdf', 'request', 'oai:*:42'],
    ['/api/records/abcde-12345/files/data.csv/content', 'request', 'oai:*:abcde-12345'],
    ['/api/records/abcde-12345/files-archive', 'request', 'oai:*:abcde-12345'],
    ['/records/abcde-12345/thumb250', undefined],
    ['/records/abcde-12345/export/bibtex', undefined],
    ['/api/records?q=x', undefined],
    ['/api/records/abcde-12345/files', undefined],
    ['/api/records/abcde-12345/versions', undefined],
    ['/api/iiif/record:abcde:fig.png/full/250,/0/default.png', undefined],
    ['/static/dist/theme.css', undefined],
    ['/search?q=records', undefined],
  ],
  ojs: [
    ['/index.php/jrn/article/view/12', 'investigation', `${SITE}/index.php/jrn/article/view/12`],
    ['/index.php/jrn/article/view/12/34', 'investigation', `${SITE}/jrn/article/view/12`],
    ['/jrn/article/view/12', 'investigation', 'oai:*:article/12'],
    ['/index.php/jrn/es/article/view/12', 'investigation', `${SITE}/index.php/jrn/es/article/view/12`],
    ['/article/view/12', 'investigation', `${SITE}/index.php/article/view/12`],
    ['/index.php/jrn/article/view/12/version/2', 'investigation', 'oai:*:article/12'],
    ['/index.php/jrn/article/download/12/34', 'request', `${SITE}/index.php/jrn/article/view/12`],
    ['/index.php/jrn/article/download/12/34/56?inline=1', 'request', 'oai:*:article/12'],
    ['/index.php/jrn/article/viewFile/12/34', 'request', 'oai:*:article/12'],
    ['/index.php/jrn/issue/view/3', undefined],
    ['/index.php/jrn/search?query=article', undefined],
    ['/public/journals/1/cover.png', undefined],
    ['/index.php/jrn/$$$call$$$/page/page/css?name=stylesheet', undefined],
    ['/plugins/themes/default/article.js', undefined],
  ],
};

describe('the paths of', () => {
  for (const [system, table] of Object.entries(cases)) {
    describe(system, () => {
      for (const [path, kind, name] of table) {
        it(`${path} is ${kind ?? 'nothing of an item'}`, () => {
          const meaning = meaningOf(path, presets[system as PresetName], SITE);
          expect(meaning?.kind).to.equal(kind);
          if (name !== undefined) expect(meaning?.names).to.include(name);
        });
      }
    });
  }

  it('names with the address of the repository fall away where that is not known', () => {
    expect(meaningOf('/123/', presets.eprints, undefined)?.names).to.deep.equal(['oai:*:123']);
  });

  it('a path that is longer than any of an item has no meaning, and no expression runs over it', () => {
    expect(meaningOf(`/handle/10029/${'4'.repeat(3_000)}`, presets.dspace, SITE)).to.equal(undefined);
  });
});
