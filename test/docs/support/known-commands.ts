import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect } from 'chai';
import { buildProgram } from '../../../node/cli/program.ts';
import { systemClock } from '../../../node/clock.ts';
import { overrides } from '../../../node/config/index.ts';
import { Sink } from '../../cli/typed.ts';
import { wordsOf } from './written-commands.ts';

const root = new URL('../../../', import.meta.url);
const nobody = (): Promise<never> => Promise.reject(new Error('nothing is to be started here'));
const ngr = await buildProgram({
  stdin: new PassThrough(),
  stdout: new Sink(),
  stderr: new Sink(),
  env: {},
  cwd: '/',
  clock: systemClock,
  fetch: nobody,
  startNode: nobody,
  rotateKey: nobody,
  stopping: new AbortController().signal,
  exitWith: () => undefined,
});
/** Of the whole program, without those below one of them. */
export const commandNames = ngr.commands.map((command) => command.name());
const { name: packageName, scripts } = JSON.parse(read('package.json')) as {
  name: string;
  scripts: Record<string, string>;
};

/** Checks by program: whether what a command names is there. It says nothing of what the command does. */
const programs: Readonly<Record<string, (words: readonly string[]) => void>> = {
  ngr: expectNgr,
  npx: ([first = '', ...rest]) => {
    if (first === 'ngr' || first === packageName) expectNgr(rest);
    else expectFiles(rest.filter((word) => /[/.]/.test(word)));
  },
  npm: ([verb = '', ...rest]) => {
    if (verb === 'ci') return;
    if (verb === 'install') {
      expect(rest.at(-1)).to.equal(packageName);
      return;
    }
    const script = verb === 'run' ? (rest[0] ?? '') : verb;
    expect(scripts, script).to.have.property(script);
    const given = rest.slice(rest.indexOf('--') + 1);
    if (!rest.includes('--')) return;
    if (script === 'start') expectNgr(['start', ...given]);
    else expectKnownTo(script, given);
  },
  docker: (words) => {
    const file = words[words.indexOf('-f') + 1];
    const isCompose = words[0] === 'compose';
    expectFiles([isCompose ? (words.includes('-f') ? (file ?? '') : 'compose.yaml') : 'Dockerfile']);
    const ports = words.filter((word) => /^\d+:\d+$/.test(word)).map((word) => word.split(':')[1] ?? '');
    for (const port of ports)
      expect(read('Dockerfile')).to.match(new RegExp(String.raw`^EXPOSE .*\b${port}\b`, 'm'));
  },
  'apt-get': ([, ...packages]) => {
    for (const name of packages) expect(read('.ci/run'), name).to.include(`needs ${name} `);
  },
  '.ci/run': () => expectFiles(['.ci/run']),
  cp: (words) => expectFiles([(words[0] ?? '').replace(`$(npm root --global)/${packageName}/`, '')]),
  systemctl: (words) => expectFiles([`deploy/systemd/${words.at(-1)}.service`]),
};

/** Holds a command against the programs, scripts, flags and files that there are. */
export function expectKnown(text: string): void {
  for (const part of text.split(' && ')) {
    const words = wordsOf(part.replaceAll('\\\n', ' '));
    const from = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    for (const word of words.slice(0, from)) expectVariable(word.split('=')[0] ?? '');
    programs[words[from] ?? '']?.(words.slice(from + 1));
  }
}

function expectNgr(words: readonly string[]): void {
  let command: Command = ngr;
  let within = 0;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined || within !== words.indexOf(word)) break;
    command = next;
    within += 1;
  }
  const isPlaceholder = words[0] === undefined || /^(?:COMMAND|--\w+|…)$/.test(words[0]);
  expect(within > 0 || isPlaceholder, `ngr ${words.join(' ')}`).to.equal(true);
  const flags = new Set(['--help', '--version', ...command.options.map(({ long }) => long)]);
  for (const word of words) if (/^--\w/.test(word)) expect(flags, `ngr ${words.join(' ')}`).to.include(word);
}

/** Groups and flags of scripts that are no commands of `ngr`: they stand in the files beside the script. */
function expectKnownTo(script: string, words: readonly string[]): void {
  const folder = /dist\/(\S+)\/[\w-]+\.js/.exec(scripts[script] ?? '')?.[1] ?? '';
  const files = readdirSync(new URL(`${folder}/`, root)).filter((name) => name.endsWith('.ts'));
  const source = files.map((name) => read(`${folder}/${name}`)).join('\n');
  for (const word of words) {
    if (/^\d+$/.test(word)) continue;
    if (word.includes('/')) expectFiles([word]);
    else
      expect(
        new RegExp(String.raw`\b${word.replace(/^--/, '')}\b`).test(source),
        `${script} ${word}`,
      ).to.equal(true);
  }
}

function expectVariable(name: string): void {
  const known = [...overrides.map(({ variable }) => variable), 'NGR_DOMAIN'];
  expect(known).to.include(name);
}

function expectFiles(paths: readonly string[]): void {
  for (const path of paths) expect(existsSync(new URL(path, root)), path).to.equal(true);
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
