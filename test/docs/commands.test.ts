import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { isRun, notRun } from './not-run.ts';
import { commandNames, expectKnown } from './support/known-commands.ts';
import { deployPaths, pagePaths, whereWritten, writtenPage } from './support/written-commands.ts';

const pages = await Promise.all((await pagePaths()).map(writtenPage));
const deploy = await Promise.all((await deployPaths()).map(writtenPage));

/** That they do as the pages say is for test/slow/written-commands.test.ts. */
describe('the commands of the pages', () => {
  it('are told from what is none', () => {
    expect([...pages, ...deploy].flatMap(({ unclear }) => unclear.map(whereWritten))).to.deep.equal([]);
    expect(pages.flatMap(({ commands }) => commands).length).to.be.greaterThan(150);
  });

  it('name programs, scripts, flags and files that there are', () => {
    for (const { commands, mentions } of [...pages, ...deploy])
      for (const command of [...commands, ...mentions]) {
        try {
          expectKnown(command.text);
        } catch (error) {
          throw new Error(`${whereWritten(command)}\n${(error as Error).message}`, { cause: error });
        }
      }
  });

  it('of the README are all that ngr has', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const table = /^## The command$[^]*?^## /m.exec(readme)?.[0] ?? '';
    for (const name of commandNames) expect(table, name).to.include(`\`${name}\``);
  });

  it('of deploy/ are known by why they cannot be run here', () => {
    expect(deploy.flatMap(({ commands }) => commands).length).to.be.greaterThan(5);
    expect(deploy.flatMap(({ commands }) => commands.filter(isRun).map(whereWritten))).to.deep.equal([]);
  });

  it('that are not run are still there, and what runs in their place', () => {
    const all = [...pages, ...deploy].flatMap(({ commands }) => commands);
    for (const { what, why } of notRun) {
      expect(
        all.some(({ text }) => what.test(text)),
        String(what),
      ).to.equal(true);
      for (const [path] of why.matchAll(/test\/\S+\.test\.ts/g))
        expect(existsSync(new URL(`../../${path}`, import.meta.url)), path).to.equal(true);
    }
  });
});
