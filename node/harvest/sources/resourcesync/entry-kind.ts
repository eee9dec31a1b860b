import type { Entry, Link } from '../../../../protocols/resourcesync/index.ts';
import { sha256Of } from '../../../../protocols/resourcesync/index.ts';
import type { ListedFile } from '../source.ts';

/** `maybe metadata` has to be looked at; a `file` belongs to a record; `other` is of no use here. */
export type EntryKind = 'maybe metadata' | 'file' | 'other';

const METADATA_TYPE = /^(?:(?:application|text)\/(?:xml|json)|application\/[\w.+-]+\+(?:xml|json))$/;
/** Pages to be read by people, pictures of covers, what pages are made of; XML that is no description. */
const OTHER_TYPE = /^(?:text\/(?:html|css|javascript)|application\/(?:xhtml\+xml|javascript)|image\/.*)$/;
const UNTOLD_TYPE = /^(?:application|binary)\/octet-stream$/;

const METADATA_NAME = /\.(?:xml|json|jsonld)(?:\.gz)?$/i;
const OTHER_NAME = /\.(?:html?|xhtml|css|js|png|jpe?g|gif|svg|webp|ico|tiff?)$/i;
const FILE_NAME =
  /\.(?:pdf|epub|ps|docx?|odt|rtf|txt|tex|pptx?|odp|xlsx?|ods|csv|zip|gz|tar|tgz|7z|mp[34]|wav|avi|mov|webm)$/i;

/** What a resource is, as far as a list tells: by its media type; where that says nothing, by its name. */
export function kindOf({ loc, metadata }: Entry): EntryKind {
  return kindBy(metadata?.type, loc);
}

function kindBy(type: string | undefined, address: string): EntryKind {
  const bare = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (bare !== '' && !UNTOLD_TYPE.test(bare)) {
    if (OTHER_TYPE.test(bare)) return 'other';
    return METADATA_TYPE.test(bare) ? 'maybe metadata' : 'file';
  }
  const name = address.replace(/[?#].*$/, '');
  if (METADATA_NAME.test(name)) return 'maybe metadata';
  if (OTHER_NAME.test(name)) return 'other';
  return FILE_NAME.test(name) ? 'file' : 'maybe metadata';
}

/** How resources of this kind are counted: by their type, or by the end of their name. */
export function typeShown({ loc, metadata }: Entry): string {
  const type = metadata?.type?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== '') return type.slice(0, 100);
  return /\.[a-z\d]{1,5}$/i.exec(loc.replace(/[?#].*$/, ''))?.[0].toLowerCase() ?? 'without a type';
}

/** Metadata that describe a file, by its links (section 14.5). */
export function describers({ links = [] }: Entry): string[] {
  return links.filter(({ rel }) => rel === 'describedby').map(({ href }) => href);
}

/** The files that a metadata resource describes, by its links. */
export function describedFiles({ links = [] }: Entry): ListedFile[] {
  return links
    .filter(({ rel, type, href }) => rel === 'describes' && kindBy(type, href) === 'file')
    .map((link) => fileOf(link.href, link));
}

/** An entry of a list as the file of a record. */
export function asFile(entry: Entry): ListedFile {
  return fileOf(entry.loc, entry.metadata ?? {});
}

function fileOf(url: string, told: Omit<Link, 'rel' | 'href'>): ListedFile {
  const { type, length } = told;
  const sha256 = sha256Of(told);
  return {
    url,
    ...(type !== undefined && { format: type }),
    ...(length !== undefined && { length }),
    ...(sha256 !== undefined && { sha256 }),
  };
}
