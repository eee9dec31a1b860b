import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { imports, importsIn, root, sources, type Import } from './source-imports.ts';

/*
 * Holds the house together: docs/architecture.md tells the layers, this test reads the imports of every source file and
 * names those that run against them. `circles.test.ts` finds those that lead back to where they come from.
 */

/** The parts of the node, lowest layer first. Parts of one layer do not know one another. */
const layers: readonly (readonly string[])[] = [
  ['vocab'],
  ['protocols'],
  ['node/clock.ts', 'node/disk-room.ts', 'node/durable-file.ts', 'node/usage-tables.ts'],
  ['node/run-files.ts'],
  ['node/telemetry'],
  ['node/config', 'node/identity', 'node/outbound', 'node/store'],
  ['node/catalogue'],
  [
    'node/accounts',
    'node/assessment',
    'node/backup',
    'node/harvest',
    'node/health',
    'node/federation',
    'node/notifications',
    'node/analysis/citations',
    'node/imports',
    'node/institution',
    'node/mail',
    'node/content',
    'node/policy',
    'node/publishing',
    'node/websub',
    'node/sample',
    'node/statements',
    'node/usage-logs',
    'node/related-feedback',
    'node/analysis/works',
    'node/analysis/search',
    'node/analysis/related',
    'node/analysis/dense',
    'node/analysis/duplicates',
    'node/analysis/regional-usage',
    'node/analysis/usage',
  ],
  ['node/http', 'node/cli'],
  ['node/dashboard'],
  ['node/assembly'],
  ['node/main.ts'],
  ['scripts'],
];

/** The executable joins the commands with the composition root. */
const exceptions: readonly (readonly [from: string, to: string])[] = [
  ['node/cli/ngr.ts', 'node/main.ts'],
  ['node/cli/ngr.ts', 'node/assembly/http-role.ts'],
];

function partOf(path: string): string | undefined {
  return layers.flat().find((part) => path === part || path.startsWith(`${part}/`));
}

function layerOf(part: string): number {
  return layers.findIndex((parts) => parts.includes(part));
}

/** Why an import may not be, or undefined. */
function objection({ from, to }: Import): string | undefined {
  const [user, used] = [partOf(from), partOf(to)];
  if (user === undefined || used === undefined || user === used) return undefined;
  if (exceptions.some(([a, b]) => a === from && b === to)) return undefined;
  const [above, below] = [layerOf(user), layerOf(used)];
  if (above === below) return `${from} imports ${to}: ${user} and ${used} do not know one another`;
  return above < below ? `${from} imports ${to}: ${used} stands above ${user}` : undefined;
}

/** A folder's face that an import passes by: the innermost folder with an index.ts that the importing file is not in. */
function facePassedBy({ from, to }: Import): string | undefined {
  for (let folder = dirname(to); folder !== '.'; folder = dirname(folder)) {
    if (from.startsWith(`${folder}/`)) return undefined;
    const face = `${folder}/index.ts`;
    if (to !== face && existsSync(join(root, face))) return face;
  }
  return undefined;
}

describe('the imports', () => {
  it('are found in all their forms', () => {
    const text = `import { a } from './a.ts';
      import type {
        B,
      } from '../b/index.ts';
      import './c.ts';
      export * from './d.ts';
      const e = await import('../e.ts');
      import { z } from 'zod';`;
    expect(importsIn(text, 'node/http/x.ts').map(({ to }) => to)).to.have.members([
      'node/http/a.ts',
      'node/b/index.ts',
      'node/http/c.ts',
      'node/http/d.ts',
      'node/e.ts',
    ]);
    expect(imports.length).to.be.greaterThan(100);
  });

  it('are of files whose place in the layers is known', () => {
    expect(sources.filter((path) => partOf(path) === undefined)).to.deep.equal([]);
  });

  it('run one way', () => {
    expect(imports.map(objection).filter((text) => text !== undefined)).to.deep.equal([]);
  });

  it('would be told if they ran against it', () => {
    const against: Import[] = [
      { from: 'vocab/record.ts', to: 'protocols/heads/index.ts' },
      { from: 'protocols/heads/entry.ts', to: 'node/store/index.ts' },
      { from: 'node/catalogue/log.ts', to: 'node/harvest/index.ts' },
      { from: 'node/analysis/related/related.ts', to: 'node/analysis/search/index.ts' },
      { from: 'node/federation/federation.ts', to: 'node/analysis/usage/index.ts' },
      { from: 'node/http/app.ts', to: 'node/cli/run.ts' },
      { from: 'node/cli/run.ts', to: 'node/main.ts' },
    ];
    for (const one of against) expect(objection(one), `${one.from} -> ${one.to}`).not.to.equal(undefined);
  });

  it('enter a folder by its face', () => {
    const passing = imports.flatMap((one) => {
      const face = facePassedBy(one);
      return face === undefined ? [] : [`${one.from} imports ${one.to}, not ${face}`];
    });
    expect(passing).to.deep.equal([]);
  });
});
