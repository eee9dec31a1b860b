import { accessRights } from '../coar/index.ts';
import type { RepairLog } from '../cleaning/index.ts';
import { normaliseUrl } from '../identifiers.ts';
import type { AccessRight, RecordFile } from '../record.ts';
import { stricter } from './access-statement.ts';

/** What a source says of one file, as it is written there. */
export interface FileFacts {
  /** Media type. */
  format?: string;
  /** Bytes. */
  length?: string | number;
  /** Hex. */
  sha256?: string;
  /** An access right in any of the forms that `coar/access-rights.ts` knows. */
  access?: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ps: 'application/postscript',
  zip: 'application/zip',
  csv: 'text/csv',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

type Found = Omit<RecordFile, 'access'> & { access?: AccessRight };

/** Gathers the files of a record and what is said of them, also by fields that do not say which file they mean. */
export class DescribedFiles {
  readonly #files = new Map<string, Found>();
  readonly #hosts = new Set<string>();
  readonly #formats: string[] = [];

  /** A file is at an address of the web; anything else is refused. What is said of the same file twice is put together. */
  add(written: string, facts: FileFacts, log: RepairLog): void {
    const url = /^https?:\/\//i.test(written.trim()) ? normaliseUrl(written.trim()) : undefined;
    if (url === undefined) return log.add('IDENTIFIER_REFUSED', written, '');
    const known = this.#files.get(url);
    const said = read(facts);
    const file: Found = { ...said, ...known, url };
    if (known?.access !== undefined && said.access !== undefined)
      file.access = stricter(known.access, said.access);
    this.#files.set(url, file);
    if (known === undefined) this.#hosts.add(new URL(url).host);
  }

  /** A media type that stands by itself. */
  format(text: string): void {
    const type = mediaType(text);
    if (type !== undefined) this.#formats.push(type);
  }

  get urls(): string[] {
    return [...this.#files.keys()];
  }

  /** Where they are kept. */
  get hosts(): ReadonlySet<string> {
    return this.#hosts;
  }

  /** The rights that are said of single files. */
  get rights(): AccessRight[] {
    return [...this.#files.values()].flatMap(({ access }) => access ?? []);
  }

  /** @param access that of files of which nothing is said */
  described(access: AccessRight): RecordFile[] {
    const alone = this.#files.size === 1 && this.#formats.length === 1 ? this.#formats[0] : undefined;
    return [...this.#files.values()].map((file) => {
      const format = file.format ?? byExtension(file.url) ?? alone;
      return { ...file, ...(format !== undefined && { format }), access: file.access ?? access };
    });
  }
}

function read({ format = '', length = '', sha256 = '', access = '' }: FileFacts): Partial<Found> {
  const type = mediaType(format);
  const right = accessRights.named(access)?.right;
  const bytes = /^\s*\d{1,15}\s*$/.test(String(length)) ? Number(length) : undefined;
  const digest = /^[\da-f]{64}$/i.test(sha256.trim()) ? sha256.trim().toLowerCase() : undefined;
  return {
    ...(type !== undefined && { format: type }),
    ...(bytes !== undefined && { length: bytes }),
    ...(digest !== undefined && { sha256: digest }),
    ...(right !== undefined && { access: right }),
  };
}

/** A media type without its parameters. */
function mediaType(text: string): string | undefined {
  return /^([a-z]+\/[a-z0-9.+-]+)(?:\s*;.*)?$/i.exec(text.trim())?.[1]?.toLowerCase();
}

function byExtension(url: string): string | undefined {
  const extension = /\.([a-z]{2,4})$/i.exec(url.replace(/[?#].*$/, ''))?.[1]?.toLowerCase() ?? '';
  return mediaTypes[extension];
}
