import { getEventListeners } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import pino from 'pino';
import { systemClock } from '../../node/clock.ts';
import { LanguageThread } from '../../node/harvest/language-thread/index.ts';
import { LeapingClock } from '../support/leaping-clock.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';
import { languagesInPlace } from '../support/harvest-stages.ts';

const going = new AbortController().signal;
const lines: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
const records = [
  { texts: ['The text of a record'], languages: [] },
  { texts: [], languages: ['en'] },
];
const french = { language: 'fr', confidence: 99, disagrees: false };

const port = `const { parentPort } = require('worker_threads');`;
const thread = (body: string): Worker =>
  new Worker(`${port} parentPort.on('message', (records) => { ${body} });`, { eval: true });
const good = `parentPort.postMessage(records.map(() => (${JSON.stringify(french)})))`;

/** Threads that do this, one after another; the last goes on. */
function threads(...bodies: string[]): {
  start: () => Worker;
  count: () => { started: number; ended: number };
} {
  let [started, ended] = [0, 0];
  const start = (): Worker =>
    thread(bodies[Math.min(started++, bodies.length - 1)] ?? good).on('exit', () => {
      ended += 1;
    });
  return { start, count: () => ({ started, ended }) };
}

/** Of each thread of this process, by its id (proc_pid_stat(5), field 19). */
function niceness(): Map<number, number> {
  return new Map(
    readdirSync('/proc/self/task').map((thread) => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
      return [Number(thread), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
    }),
  );
}

describe('the thread that tells languages', () => {
  beforeEach(() => lines.splice(0));

  it('works behind the other threads of the process', async function () {
    this.timeout(30_000);
    if (process.platform !== 'linux') this.skip();
    const before = niceness();
    const own = before.get(process.pid) ?? NaN;
    const languages = new LanguageThread({ clock: systemClock, log });
    await languages.of(records, going);
    const after = niceness();
    const nicer = [...after].filter(
      ([thread, nice]) => !before.has(thread) && nice === Math.min(own + 10, 19),
    );
    expect(nicer).to.have.length(1);
    expect(after.get(process.pid)).to.equal(own);
    await languages.stop();
  });

  it('says what would be said in place, of each record', async function () {
    this.timeout(30_000);
    const texts = JSON.parse(readFileSync(new URL('texts/languages.json', import.meta.url), 'utf8')) as {
      language: string;
      title: string;
      abstract: string;
    }[];
    const all = texts.flatMap(({ language, title, abstract }) => [
      { texts: [title, abstract], languages: [language] },
      { texts: [title, abstract], languages: ['en'] },
      { texts: [abstract], languages: [] },
      { texts: [], languages: [] },
    ]);
    const languages = new LanguageThread({ clock: systemClock, log });
    const told = await languages.of(all, going);
    await languages.stop();
    expect(told).to.deep.equal(await languagesInPlace.of(all, going));
    expect(told.filter((one) => one !== undefined)).to.have.length.greaterThan(texts.length);
    expect(lines).to.deep.equal([]);
  });

  for (const [name, body] of [
    ['crashes', `throw new Error('broken')`],
    ['ends by itself', 'process.exit(3)'],
  ] as const) {
    it(`may be lost, as when it ${name}: records go without, the next ones do not`, async () => {
      const { start, count } = threads(body, body, good);
      const languages = new LanguageThread({ clock: new LeapingClock(), log, start });
      expect(await languages.of(records, going)).to.deep.equal([undefined, undefined]);
      expect(await languages.of(records, going)).to.deep.equal([undefined, undefined]);
      expect(await languages.of(records, going)).to.deep.equal([french, french]);
      expect(count().started).to.equal(3);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.include('remedy');
      await languages.stop();
    });
  }

  it('may not even begin', async () => {
    const start = (): Worker => {
      throw new Error('no more threads');
    };
    const languages = new LanguageThread({ clock: new LeapingClock(), log, start });
    expect(await languages.of(records, going)).to.deep.equal([undefined, undefined]);
    expect(lines[0]).to.include('no more threads');
    await languages.stop();
  });

  it('is ended when it hangs', async () => {
    const clock = new LeapingClock();
    const { start, count } = threads('for (;;);', good);
    const languages = new LanguageThread({ clock, log, start });
    const first = languages.of(records, going);
    const second = languages.of(records, going);
    await until('the time limit runs', () => clock.sleeping(60_000) === 1);
    clock.advance(60_000);
    expect(await first).to.deep.equal([undefined, undefined]);
    expect(await second).to.deep.equal([french, french]);
    await languages.stop();
    expect(count()).to.deep.equal({ started: 2, ended: 2 });
  });

  it('is broken off with the signal, and others are told theirs', async () => {
    const { start } = threads('for (;;);', good);
    const languages = new LanguageThread({ clock: new LeapingClock(), log, start });
    const stop = new AbortController();
    const broken = languages.of(records, stop.signal).catch((error: unknown) => error);
    const other = languages.of(records, going);
    setImmediate(() => stop.abort(new Error('stopped')));
    expect(await broken).to.have.property('message', 'stopped');
    expect(await other).to.deep.equal([french, french]);
    expect(lines).to.deep.equal([]);
    await languages.stop();
  });

  it('lets go who gives up while it still has to do with others', async () => {
    const { start } = threads('for (;;);', good);
    // Nobody moves it on, so that who hangs goes on hanging.
    const languages = new LanguageThread({ clock: new TestClock(), log, start });
    const [first, second] = [new AbortController(), new AbortController()];
    const hanging = languages.of(records, first.signal).catch((error: unknown) => error);
    const behind = languages.of(records, second.signal).catch((error: unknown) => error);
    second.abort(new Error('not needed any more'));
    expect(await behind).to.have.property('message', 'not needed any more');
    first.abort(new Error('stopped'));
    expect(await hanging).to.have.property('message', 'stopped');
    await languages.stop();
  });

  it('leaves nothing behind at the signal, also where garbage is collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { start } = threads(`setTimeout(() => ${good}, 20)`);
    const languages = new LanguageThread({ clock: new LeapingClock(), log, start });
    const { signal } = new AbortController();
    for (let page = 0; page < 5; page++) {
      const asked = languages.of(records, signal);
      await new Promise((resolve) => setTimeout(resolve, 5));
      collectGarbage();
      await asked;
    }
    await languages.stop();
    expect(getEventListeners(signal, 'abort')).to.have.length(0);
  });

  it('is not begun for a page without a description', async () => {
    const { start, count } = threads(good);
    const languages = new LanguageThread({ clock: new LeapingClock(), log, start });
    expect(await languages.of([], going)).to.deep.equal([]);
    expect(count()).to.deep.equal({ started: 0, ended: 0 });
  });

  it('is begun when it is asked first, ended when it was asked nothing for a while, and begun again', async () => {
    const clock = new LeapingClock();
    const { start, count } = threads(good);
    const languages = new LanguageThread({ clock, log, start });
    expect(count()).to.deep.equal({ started: 0, ended: 0 });
    await languages.of(records, going);
    await languages.of(records, going);
    clock.advance(60_000);
    await until('the thread has ended', () => count().ended === 1);
    await languages.of(records, going);
    await languages.stop();
    expect(count()).to.deep.equal({ started: 2, ended: 2 });
  });
});
