import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program that is no part of this project, and how to see that it is there. */
export interface Program {
  /** For people. */
  name: string;
  /** What brings it on Debian. */
  package: string;
  /** Where it may be, the likeliest place first: of several Pythons not every one has every module. */
  commands: readonly string[];
  /** With these words it ends well where all that it needs is there. */
  probe: readonly string[];
}

const pythons = ['python3', '/usr/bin/python3'];
const perls = ['perl', '/usr/bin/perl'];

export const httpOai: Program = {
  name: 'HTTP::OAI',
  package: 'libhttp-oai-perl',
  commands: perls,
  probe: ['-MHTTP::OAI', '-MJSON::PP', '-e', '1'],
};
export const catmandu: Program = {
  name: 'Catmandu::OAI',
  package: 'libcatmandu-oai-perl',
  commands: ['catmandu', '/usr/bin/catmandu'],
  probe: ['convert', 'OAI', '--url', 'http://localhost/oai', '--dry', '1'],
};
export const xmllint: Program = {
  name: 'xmllint',
  package: 'libxml2-utils',
  commands: ['xmllint'],
  probe: ['--version'],
};
export const pyld: Program = {
  name: 'PyLD',
  package: 'python3-pyld',
  commands: pythons,
  probe: ['-c', 'import pyld'],
};
export const python: Program = { name: 'Python 3', package: 'python3', commands: pythons, probe: ['-c', ''] };

/** The file of one of the scripts in test/clients/programs/. */
export function script(name: string): string {
  return fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
}

/**
 * For a suite that needs a program: gives its command while the suite runs. Where it is missing, the suite is skipped, saying
 * so; in CI it fails.
 */
export function needs(program: Program): () => string {
  let command = '';
  before(`${program.name} is there`, function () {
    const found = program.commands.find((name) => spawnSync(name, program.probe).status === 0);
    if (found !== undefined) {
      command = found;
      return;
    }
    const missing = `${program.name} is missing: apt-get install ${program.package}`;
    if (process.env['CI'] === 'true') throw new Error(missing);
    process.stderr.write(`      skipped: ${missing}\n`);
    this.skip();
  });
  return () => command;
}
