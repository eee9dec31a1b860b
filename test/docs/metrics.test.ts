import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { resolveConfig } from '../../node/config/index.ts';
import { startNode } from '../../node/main.ts';
import { silentLog } from '../support/test-catalogue.ts';

const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

describe('docs/metrics.md', () => {
  let text: string;
  before(async () => {
    const data = await mkdtemp(join(tmpdir(), 'ngr-metrics-'));
    const flags = { data, sample: false };
    const node = await startNode(resolveConfig({ env: {}, flags, cwd: data }), {
      log: silentLog,
      offline: true,
    });
    try {
      text = await (await fetch(`${node.url}/metrics`)).text();
    } finally {
      await node.stop();
      await rm(data, { recursive: true });
    }
  });

  it('has each figure of a node, with its type and what it is', () => {
    const told = [...text.matchAll(/^# HELP (ngr_\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
      ([, name, help = '', type]) => `${name} ${type}: ${help.replace(/\.$/, '')}`,
    );
    const written = [...page.matchAll(/^\| `(ngr_\S+)` \| (\S+) \| [^|]*\| (.*) \|$/gm)].map(
      ([, name, type, help]) => `${name} ${type}: ${help}`,
    );
    expect(told.length).to.be.greaterThan(15);
    expect(written.sort()).to.deep.equal(told.sort());
  });

  it('names the labels that a node’s figures have', () => {
    const labels = new Map(
      [...page.matchAll(/^\| `(ngr_\S+)` \| \S+ \| ([^|]*)\|/gm)].map(([, name = '', list = '']) => [
        name,
        [...list.matchAll(/`(\w+)`/g)].map(([, label]) => label),
      ]),
    );
    for (const [, name = '', list = ''] of text.matchAll(/^(ngr_\w+?)(?:_bucket|_sum|_count)?\{(.*)\} /gm)) {
      const used = [...list.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
      expect(labels.get(name), name).to.have.members(used);
    }
  });
});
