import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { resolveConfig } from '../../node/config/index.ts';
import { API_TOKEN, aSite, type TestSite } from '../http/support/a-site.ts';
import { typed } from '../cli/typed.ts';

const page = await readFile(new URL('../../docs/notifications.md', import.meta.url), 'utf8');

describe('docs/notifications.md', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
  });
  after(async () => {
    await site.close();
  });

  it('has a setting that is one', () => {
    const setting = / {4}"inbox": [\s\S]*?\n {4}\}/.exec(page)?.[0] ?? '';
    const file = { path: '/ngr.config.json', text: `{${setting}}` };
    const { inbox } = resolveConfig({ file, env: {}, flags: {}, cwd: '/' });
    expect(inbox.services.map(({ name, trust }) => ({ name, trust }))).to.deep.equal([
      { name: 'Reviews', trust: 'ask' },
    ]);
  });

  it('has commands and flags that there are', async () => {
    const commands = page.match(/^ {4}ngr notifications.*/gm) ?? [];
    expect(commands).to.have.length.greaterThan(8);
    for (const command of commands) {
      const [words = ''] = command.trim().slice('ngr '.length).split(/ {2,}/);
      const names = /^[a-z]+(?: [a-z]+)?/.exec(words)?.[0].split(' ') ?? [];
      const { stdout } = await typed([...names, '--help']);
      expect(stdout, command).to.contain(`Usage: ngr ${names.join(' ')} `);
      for (const flag of words.match(/--[a-z]+/g) ?? []) expect(stdout, command).to.contain(flag);
    }
  });

  it('has the requests of the API', async () => {
    const requests = [...page.matchAll(/^\| `(GET|POST|DELETE) (\/api[^`]*)`/gm)];
    expect(requests).to.have.length.greaterThan(8);
    for (const [, method = '', path = ''] of requests) {
      const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
      const response = await fetch(site.url + path.replace('{id}', 'nothing'), {
        method,
        headers,
        ...(method === 'POST' && { body: '{}' }),
      });
      const { code } = (await response.json()) as { code?: string };
      expect(code, `${method} ${path}`).to.not.be.oneOf(['NOT_FOUND', 'METHOD_NOT_ALLOWED']);
    }
  });
});
