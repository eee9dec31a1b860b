import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock, type Clock } from '../../node/clock.ts';
import { resolveConfig } from '../../node/config/index.ts';
import { columnNamed } from '../../vocab/crosswalks/index.ts';
import { typed } from '../cli/typed.ts';
import { anImportNode, type ImportNode } from '../support/an-import-node.ts';

const page = await readFile(new URL('../../docs/import.md', import.meta.url), 'utf8');

const hurried: Clock = {
  ...systemClock,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
};

/** A file that the page shows, commands that it has one type, or what it says of records. */
type Step =
  | { file: string; content: string }
  | { commands: string[] }
  | { claims: { identifier: string; isDeleted: boolean }[] };

/** Commands without a name of their own lead nowhere: the list at the top of the page is explained, not run. */
const steps = [
  ...page.matchAll(
    /^```\w+ (?<file>\S+)\n(?<content>[\s\S]*?)^```$|^(?<commands>(?: {4}(?:ngr|curl) .*\n)+)|^(?<says>(?:This makes|Now) .*(?:\n\S.*)*)/gm,
  ),
].map(({ groups = {} }): Step => {
  const { file, content = '', commands, says = '' } = groups;
  if (file !== undefined) return { file, content };
  if (commands !== undefined)
    return {
      commands: commands
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    };
  const claims = [...says.matchAll(/`((?:file|oai):[^`]+)`( is deleted)?/g)].map(
    ([, identifier = '', deleted]) => ({
      identifier,
      isDeleted: deleted !== undefined,
    }),
  );
  return { claims };
});

describe('docs/import.md', () => {
  let node: ImportNode;
  let folder: string;
  before(async () => {
    node = await anImportNode();
    folder = await mkdtemp(join(tmpdir(), 'ngr-docs-'));
  });
  after(async () => {
    await node.close();
    await rm(folder, { recursive: true });
  });

  it('has examples', () => {
    expect(steps.filter((step) => 'file' in step)).to.have.length.greaterThan(8);
    expect(steps.filter((step) => 'claims' in step)).to.have.length.greaterThan(5);
  });

  const runs = new Map<string, (words: string) => Promise<void>>([
    ['ngr', runNgr],
    ['curl', runCurl],
  ]);

  it('has examples that do what it says', async () => {
    const [overview, ...examples] = steps;
    expect(overview)
      .to.have.property('commands')
      .that.includes('ngr import theses.csv                 one file');
    for (const step of examples) {
      if ('file' in step) await writeFile(join(folder, step.file), step.content);
      else if ('commands' in step) {
        for (const command of step.commands) {
          const [program = '', words = ''] = command.split(/ (.*)/s);
          await runs.get(program)?.(words);
        }
      } else await checkClaims(step.claims);
    }
  });

  it('names columns that are known', () => {
    const rows = [...page.matchAll(/^\| ([a-z ]+) \| (.+) \|$/gm)].filter(
      ([row]) => !row.includes('also called'),
    );
    const from = rows.findIndex(([, name]) => name === 'id');
    const columns = rows.slice(from).flatMap(([, name = '', others = '']) => [name, ...others.split(', ')]);
    expect(columns.length).to.be.greaterThan(100);
    expect(columns.filter((name) => columnNamed(name) === undefined)).to.deep.equal([]);
    for (const [, name = '', others = ''] of rows.slice(from)) {
      const kinds = new Set([name, ...others.split(', ')].map((one) => columnNamed(one)?.column));
      // One row may stand for two columns that belong together.
      expect(kinds.size, name).to.be.at.most(2);
    }
  });

  it('shows a configuration that is one', () => {
    const shown = steps.find((step) => 'file' in step && step.file === 'ngr.config.json');
    const text = shown !== undefined && 'content' in shown ? shown.content : '';
    const config = resolveConfig({
      file: { path: '/etc/ngr.config.json', text },
      env: {},
      flags: {},
      cwd: '/',
    });
    expect(config.sources).to.deep.equal([{ name: 'archive', type: 'files', path: '/srv/exports/archive' }]);
  });

  async function runNgr(words: string): Promise<void> {
    const { exitCode, stderr } = await typed([...words.split(' '), '--data', node.data], {
      cwd: folder,
      clock: hurried,
    });
    expect(stderr).not.to.include('ngr:');
    expect(exitCode, words).to.equal(0);
  }

  async function runCurl(words: string): Promise<void> {
    const file = / -T (\S+)/.exec(words)?.[1];
    const method = / -X (\S+)/.exec(words)?.[1] ?? (file === undefined ? 'GET' : 'PUT');
    const path = / http:\/\/localhost:8080(\S+)$/.exec(words)?.[1] ?? '';
    const options = file === undefined ? {} : { body: await readFile(join(folder, file)) };
    const response = await node.request(method, path, options);
    expect(response.ok, words).to.equal(true);
    await node.idle();
  }

  async function checkClaims(claims: readonly { identifier: string; isDeleted: boolean }[]): Promise<void> {
    const content = await node.content();
    for (const { identifier, isDeleted } of claims) {
      expect(content).to.have.property(identifier);
      expect(content[identifier] === 'deleted', identifier).to.equal(isDeleted);
    }
  }
});
