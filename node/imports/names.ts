import { ImportError } from './errors.ts';

/** Bytes of a file's name: file systems take 255, of which a name for the time of the upload needs some. */
const LONGEST_NAME = 200;

/**
 * The name of an import, which is that of a source and of a folder: letters, digits, spaces and `. _ -`.
 * @throws ImportError `IMPORT_BAD_NAME`
 */
export function importName(written: string): string {
  const name = written.normalize('NFC');
  if (/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,98}[\p{L}\p{N}_-])?$/u.test(name) && fits(name)) return name;
  throw new ImportError('IMPORT_BAD_NAME', `“${shown(written)}” cannot be the name of an import.`, {
    remedy: 'Use letters, digits, spaces and . _ - only, 100 at most, beginning with a letter or digit.',
  });
}

/**
 * The name of a file within an import: no path, nothing hidden, nothing that a file system or a terminal stumbles over.
 * @throws ImportError `IMPORT_BAD_NAME`
 */
export function fileName(written: string): string {
  const name = written.normalize('NFC');
  if (/^[^\p{C}\p{Zl}\p{Zp}/\\:*?"<>|.][^\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]*(?<![ .])$/u.test(name) && fits(name))
    return name;
  throw new ImportError('IMPORT_BAD_NAME', `“${shown(written)}” cannot be the name of a file here.`, {
    remedy: `Give the file a plain name of at most ${LONGEST_NAME} bytes, without a path and without a dot at its start.`,
  });
}

function fits(name: string): boolean {
  return Buffer.byteLength(name) <= LONGEST_NAME;
}

function shown(name: string): string {
  return name.toWellFormed().replace(/\p{C}/gu, '\uFFFD').slice(0, 100);
}
