import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { measureInTurn } from '../../scripts/bench/in-turn.ts';
import { withMade } from '../../scripts/bench/made-once.ts';
import { measureGroup } from '../../scripts/bench/measuring.ts';
import type { Group } from '../../scripts/bench/groups.ts';
import { figure, type Printer } from '../../scripts/bench/figures.ts';

describe('a run of the benches', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-bench-run-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const shown: Printer = {
    group: () => undefined,
    heading: () => undefined,
    print: () => undefined,
    leaveOut: () => undefined,
  };
  const groups: Readonly<Record<string, Group>> = {
    well: {
      about: 'what can be measured',
      minutes: 1,
      measure: (printer) => Promise.resolve(printer.print(figure('well', 'rate', 7, 'records/s'))),
    },
    thrown: {
      about: 'what throws',
      minutes: 1,
      measure: (printer) => {
        printer.print(figure('thrown', 'before', 8, 'ms'));
        return Promise.reject(new Error('it is only a test'));
      },
    },
  };

  it('goes on behind a group that breaks off, and tells which did', async () => {
    const told = join(directory, 'told');
    const code = `
      const [shared, name] = process.argv.slice(-2);
      fs.appendFileSync(${JSON.stringify(told)}, name + ' ' + fs.existsSync(shared) + '\\n');
      if (name === 'thrown') process.exit(1);
      if (name === 'killed') process.kill(process.pid, 'SIGKILL');`;
    const command = ['--eval', code, '--'];
    const names = ['thrown', 'killed', 'well'];
    const broken = await measureInTurn(names, command, new AbortController().signal);
    expect(broken).to.deep.equal(['thrown (exit code 1)', 'killed (ended by SIGKILL)']);
    expect(await readFile(told, 'utf8')).to.equal('thrown true\nkilled true\nwell true\n');
  });

  it('leaves nothing of a group that is killed, neither what it started nor its folders', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const { port } = server.address() as AddressInfo;
    const worker = `
      const socket = net.connect(${port}, '127.0.0.1');
      socket.write(process.argv.at(-1), () => process.kill(process.ppid, 'SIGKILL'));`;
    const code = `
      const folder = fs.mkdtempSync(os.tmpdir() + '/group-');
      child_process.spawn(process.execPath, ['--eval', ${JSON.stringify(worker)}, '--', folder]);
      setInterval(() => undefined, 1000);`;
    const broken = await measureInTurn(['killed'], ['--eval', code, '--'], new AbortController().signal);
    expect(broken).to.deep.equal(['killed (ended by SIGKILL)']);
    const [socket] = await connected;
    let folder = '';
    // Until the worker is gone, and its end of the connection with it.
    for await (const piece of socket.setEncoding('utf8')) folder += piece;
    expect(folder).to.match(/group-/);
    expect(await access(folder).catch(({ code: why }: { code: string }) => why)).to.equal('ENOENT');
    server.close();
  });

  it('that is interrupted ends the group that is measured, and begins no other', async () => {
    const interrupted = new AbortController();
    const code = `process.kill(${process.pid}, 'SIGURG'); setInterval(() => undefined, 1000);`;
    process.once('SIGURG', () => interrupted.abort());
    const broken = await measureInTurn(['one', 'other'], ['--eval', code, '--'], interrupted.signal);
    expect(broken).to.deep.equal(['one (ended by SIGTERM)', 'other (not begun)']);
  });

  it('writes each group on the page as soon as it is measured, and what there is of one that breaks off', async () => {
    const page = join(directory, 'benchmarks.md');
    const measured = (name: string): Promise<boolean> =>
      measureGroup({ groups, name, options: { small: true }, shown, page });
    expect(await measured('well')).to.equal(true);
    const first = await readFile(page, 'utf8');
    expect(first).to.include('| rate | 7 | records/s |');
    expect(await measured('thrown')).to.equal(false);
    const second = await readFile(page, 'utf8');
    expect(second).to.include(first.slice(first.indexOf('## well')).trim());
    expect(second).to.match(/## thrown[^]+It broke off with an error[^]+\| before \| 8 \| ms \|/);
    await access(`${page}.part`).then(
      () => expect.fail('a part of the page is left'),
      () => undefined,
    );
  });

  it('makes what several groups begin with once, and gives each its own copy', async () => {
    let made = 0;
    const data = {
      name: 'data',
      make: async (into: string) => {
        await writeFile(join(into, 'file'), `made ${(made += 1)}`);
        if (made === 1) throw new Error('the first is never whole');
        return { made };
      },
    };
    const work = async (from: string, facts: { made: number }): Promise<string> => {
      const text = await readFile(join(from, 'file'), 'utf8');
      await writeFile(join(from, 'file'), 'changed by a group');
      return `${text}, ${facts.made}`;
    };
    const failed = await withMade(data, directory, work).catch(String);
    expect(failed).to.equal('Error: the first is never whole');
    expect(await withMade(data, directory, work)).to.equal('made 2, 2');
    expect(await withMade(data, directory, work)).to.equal('made 2, 2');
    expect(await withMade(data, undefined, work)).to.equal('made 3, 3');
  });
});
