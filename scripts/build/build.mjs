#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './files-under.mjs';

/*
 * `npm run build`: compiles into dist/, and puts beside it what the compiler does not know. In plain JavaScript, since it
 * runs before anything is compiled.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const FOLDERS = ['node', 'protocols', 'vocab', 'scripts'];
const COMPILER = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

process.chdir(root);
const sources = FOLDERS.flatMap((folder) => filesUnder(folder));
const outputs = new Map(
  sources.filter((path) => !path.endsWith('.d.ts')).map((path) => [outputOf(path), path]),
);

makeIncrementalBuildTrue();
const { status, error } = spawnSync(process.execPath, [COMPILER, '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) {
  if (error !== undefined) console.error(error.message);
  process.exit(status ?? 1);
}
copyAssets();
chmodSync(join(dist, 'node', 'cli', 'ngr.js'), 0o755);
await writeGenerated();

function outputOf(path) {
  return join('dist', path.replace(/\.ts$/, '.js'));
}

/**
 * The compiler skips what it once wrote and has not seen change: it leaves the output of a source that is gone, and does
 * not miss one that was deleted.
 */
function makeIncrementalBuildTrue() {
  for (const path of existsSync(dist) ? filesUnder('dist') : []) {
    const output = path.replace(/\.map$/, '');
    if (path !== join('dist', '.tsbuildinfo') && !outputs.has(output)) rmSync(path);
  }
  const isComplete = [...outputs].every(([output, source]) => !source.endsWith('.ts') || existsSync(output));
  if (!isComplete) rmSync(join('dist', '.tsbuildinfo'), { force: true });
}

function copyAssets() {
  for (const [output, source] of outputs) {
    if (source.endsWith('.ts')) continue;
    mkdirSync(dirname(output), { recursive: true });
    copyFileSync(source, output);
  }
}

/** What is made from tables in the code: kept in the repository, so that editors and readers have it without a build. */
async function writeGenerated() {
  const { configurationPage, configurationSchema } = await compiled('configuration');
  writeIfOther('ngr.config.schema.json', configurationSchema());
  writeIfOther(join('docs', 'configuration.md'), configurationPage());
  const { issuesPage } = await compiled('issues');
  writeIfOther(join('docs', 'issues.md'), issuesPage());
  const { crosswalksPage } = await compiled('crosswalks');
  writeIfOther(join('docs', 'crosswalks.md'), crosswalksPage());
  const { apiPage } = await compiled('api');
  writeIfOther(join('docs', 'api.md'), apiPage());
}

function compiled(name) {
  return import(new URL(`../../dist/scripts/build/${name}.js`, import.meta.url).href);
}

function writeIfOther(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
