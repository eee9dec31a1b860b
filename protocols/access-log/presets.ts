import type { PathRule } from './rules.ts';

/** Repositories whose paths are known. */
export const presetNames = ['dspace', 'dspace-6', 'eprints', 'invenio', 'ojs'] as const;
export type PresetName = (typeof presetNames)[number];

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** `123456789/12`, the slash encoded by some clients. */
const HANDLE = '[\\w.]{1,60}(?:/|%2[Ff])[^/?#&;%]{1,100}';
/** The path ends, or a query begins. */
const END = '/?(?:[?#].*)?$';

function rule(kind: PathRule['kind'], pattern: string, ...names: string[]): PathRule {
  return { kind, pattern: new RegExp(pattern), names };
}

const ofHandle = (group = '$1'): string[] => [`hdl:${group}`, `{site}/handle/${group}`, `oai:*:${group}`];

/** Beside an item's content, DSpace keeps thumbnails, extracted texts, licences and its own descriptions as files, too. */
const dspaceIgnored = [
  rule('ignore', '^[^?#]*/bitstream/[^?#]*\\.[A-Za-z0-9]{2,5}\\.(?:jpg|txt)(?:[?#]|$)'),
  rule(
    'ignore',
    '^[^?#]*/bitstream/[^?#]*/(?:license(?:_rdf|_text|_url)?(?:\\.txt)?|LICENSE(?:\\.txt)?|CC-LICENSE[^/]*|ORE\\.xml|METS\\.xml|[Tt]humbnail[^/]*)(?:[?#]|$)',
  ),
];

/** Of XMLUI and JSPUI, which both may stand below a path of their own; DSpace 7 to 9 redirect from there. */
const dspaceFiles = [
  rule('request', `^[^?#]*/bitstream/handle/(${HANDLE})/[^?#]+`, ...ofHandle()),
  rule('request', `^[^?#]*/bitstream/(${HANDLE})/\\d+/[^?#]+`, ...ofHandle()),
];

/**
 * What the paths of a repository mean, by the software that it runs on. Names are identifiers and addresses under which
 * an item is harvested; `oai:*:12` any OAI identifier with that local part; `dspace-item:…` and `dspace-file:…` what DSpace
 * itself calls an item and a file (a UUID, before DSpace 6 a number).
 */
export const presets: Readonly<Record<PresetName, readonly PathRule[]>> = {
  /*
   * DSpace 7 to 9: an item has a page by its UUID, and one by its handle that leads there. The page is made by the browser
   * itself, which asks the REST API for the item, and for a file's content.
   */
  dspace: [
    ...dspaceIgnored,
    rule('request', `^[^?#]*/api/core/bitstreams/(${UUID})/content${END}`, 'dspace-file:$1'),
    ...dspaceFiles,
    rule('investigation', `^[^?#]*/api/core/items/(${UUID})${END}`, 'dspace-item:$1'),
    rule('investigation', `^(?:/[^/?#]+)?/items/(${UUID})(?:/full)?${END}`, 'dspace-item:$1'),
    rule('investigation', `^(?:/[^/?#]+)?/entities/[^/?#]+/(${UUID})(?:/full)?${END}`, 'dspace-item:$1'),
    rule('investigation', `^(?:/[^/?#]+)?/handle/(${HANDLE})${END}`, ...ofHandle()),
  ],
  /* DSpace 5 and 6, with XMLUI or JSPUI, and their REST API. */
  'dspace-6': [
    ...dspaceIgnored,
    ...dspaceFiles,
    rule('request', `^[^?#]*/rest/bitstreams/(${UUID}|\\d+)/retrieve${END}`, 'dspace-file:$1'),
    rule('investigation', `^(?:/[^/?#]+)?/handle/(${HANDLE})${END}`, ...ofHandle()),
    rule('investigation', `^[^?#]*/rest/items/(${UUID}|\\d+)${END}`, 'dspace-item:$1'),
    rule('investigation', `^[^?#]*/rest/handle/(${HANDLE})${END}`, ...ofHandle()),
  ],
  /*
   * EPrints 3: /123/ is the page of an eprint, /123/1/paper.pdf the first document's file, and /id/… what leads to either.
   * What a document was converted to is below "/1.hassmallThumbnailVersion/" or "/thumbnails/".
   */
  eprints: [
    rule('ignore', '^[^?#]*/(?:\\d+\\.has[^/?#]+|thumbnails)/'),
    rule('ignore', '^[^?#]*/(?:small|medium|preview|lightbox|indexcodes)[^/?#]*\\.(?:jpg|png|txt)(?:[?#]|$)'),
    rule(
      'request',
      '^(?:/id/eprint)?/(?:id/eprint/)?(\\d{1,12})/(?:\\d{1,4}/)[^?#]+',
      '{site}/$1',
      '{site}/id/eprint/$1',
      'oai:*:$1',
    ),
    rule('request', '^/(?:archive/)?(0\\d{1,11})/\\d{1,4}/[^?#]+', '{site}/$1', 'oai:*:$1'),
    rule(
      'investigation',
      `^/(?:id/eprint/)?(\\d{1,12})${END}`,
      '{site}/$1',
      '{site}/id/eprint/$1',
      'oai:*:$1',
    ),
  ],
  /* InvenioRDM: also below /api, and with the paths of Invenio 3 ("record") and of Zenodo before it. */
  invenio: [
    rule('ignore', '^[^?#]*/(?:thumb\\d*|container|export)/'),
    rule('ignore', '^/api/iiif/'),
    rule(
      'request',
      `^/records?/([\\w-]{1,40})/files/[^?#]+`,
      '{site}/records/$1',
      '{site}/record/$1',
      'oai:*:$1',
    ),
    rule(
      'request',
      `^/api/records/([\\w-]{1,40})/files/[^?#]+/content${END}`,
      '{site}/records/$1',
      'oai:*:$1',
    ),
    rule('request', `^/api/records/([\\w-]{1,40})/files-archive${END}`, '{site}/records/$1', 'oai:*:$1'),
    rule(
      'investigation',
      `^/records?/([\\w-]{1,40})${END}`,
      '{site}/records/$1',
      '{site}/record/$1',
      'oai:*:$1',
    ),
    rule('investigation', `^/api/records/([\\w-]{1,40})${END}`, '{site}/records/$1', 'oai:*:$1'),
    rule('investigation', `^/records?/([\\w-]{1,40})/preview/[^?#]+`, '{site}/records/$1', 'oai:*:$1'),
  ],
  /*
   * OJS 2 and 3: the path of the journal, and from 3.4 on a language, stand before /article. A galley is shown in a page
   * (/view/1/2) that has its content (/download/1/2) beside it, so that one is a look at the item and the other its use.
   */
  ojs: [
    rule(
      'request',
      '^(?:/index\\.php)?((?:/[^/?#]+){0,2})/article/(?:download|viewFile)/([^/?#]+)/[^?#]+',
      '{site}/index.php$1/article/view/$2',
      '{site}$1/article/view/$2',
      'oai:*:article/$2',
    ),
    rule(
      'request',
      '^(?:/index\\.php)?((?:/[^/?#]+){0,2})/article/download/([^/?#]+)(?:[?#].*)?$',
      '{site}/index.php$1/article/view/$2',
      '{site}$1/article/view/$2',
      'oai:*:article/$2',
    ),
    rule(
      'investigation',
      '^(?:/index\\.php)?((?:/[^/?#]+){0,2})/article/view(?:Article|PDFInterstitial)?/([^/?#]+)(?:[/?#].*)?$',
      '{site}/index.php$1/article/view/$2',
      '{site}$1/article/view/$2',
      'oai:*:article/$2',
    ),
  ],
};
