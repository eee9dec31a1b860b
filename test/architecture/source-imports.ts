import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { installation } from '../../node/config/index.ts';

/** Which source file imports which: what the tests of the architecture hold to its rules. */
export interface Import {
  from: string;
  to: string;
}

export const { root } = installation();

/** All source files, by their paths from the root. */
export const sources: readonly string[] = ['vocab', 'protocols', 'node', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.m?ts$/.test(path))
    .map((path) => posix.join(folder, path.replaceAll('\\', '/'))),
);

const forms = [
  /^\s*(?:import|export)\s[^'";]*?\bfrom\s*['"](\.[^'"]+)['"]/gm,
  /^\s*import\s*['"](\.[^'"]+)['"]/gm,
  /\bimport\(\s*['"](\.[^'"]+)['"]/g,
];

/** The imports of the house's own files in a text, those of types alone among them. */
export function importsIn(text: string, from: string): Import[] {
  return forms.flatMap((form) =>
    [...text.matchAll(form)].map(([, path = '']) => ({ from, to: posix.join(posix.dirname(from), path) })),
  );
}

export const imports: readonly Import[] = sources.flatMap((from) =>
  importsIn(readFileSync(join(root, from), 'utf8'), from),
);
