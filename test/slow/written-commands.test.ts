import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Typed } from '../cli/typed.ts';
import { isRun } from '../docs/not-run.ts';
import { OperatorsMachine } from '../docs/support/an-operators-machine.ts';
import { expectAsShown } from '../docs/support/shown-answer.ts';
import {
  pagePaths,
  whereWritten,
  writtenPage,
  type WrittenCommand,
} from '../docs/support/written-commands.ts';
import { aPayload } from '../support/notify-payloads.ts';
import { until } from '../support/until.ts';

const API_PAGE = 'docs/api.md';
/** That of the API last: it tells of a policy, which another page states. */
const paths = (await pagePaths()).toSorted((a, b) => Number(a === API_PAGE) - Number(b === API_PAGE));
const pages = await Promise.all(paths.map(writtenPage));

/** Commands that may end otherwise than by 0, when all is well. */
const EXIT_CODES: readonly [RegExp, readonly number[]][] = [
  [/^(?:npx )?ngr doctor/, [0, 1]],
  [/^(?:npx )?ngr check/, [0, 4]],
  // There is no DSpace here that could be asked which items are meant.
  [/--format dspace-solr/, [0, 1]],
];
/** A curl that shows a refusal ends so (--fail-with-body). */
const REFUSED = 22;

describe('the commands of the pages, run', function () {
  this.timeout(600_000);
  let machine: OperatorsMachine;
  /** What the pages write, and what it is here. */
  let standIns: readonly [RegExp, string][];

  before(async () => {
    machine = await OperatorsMachine.start();
    const { exitCode, stderr } = await machine.type('ngr harvest');
    expect(exitCode, stderr).to.equal(0);
    await until(
      'the readers have all',
      async () => {
        const { readers } = await machine.node.api<{ readers: { lag: number }[] }>('GET', '/status');
        return readers.every(({ lag }) => lag === 0);
      },
      120_000,
    );
    standIns = await standInsAt(machine);
  });
  after(() => machine.close());

  const asHere = (text: string): string =>
    standIns.reduce((before, [written, here]) => before.replaceAll(written, here), text);

  for (const page of pages.filter(({ commands }) => commands.some(isRun)))
    it(`${page.path} does as it says`, async () => {
      await rm(join(machine.folder, 'node-key.pem'), { force: true });
      for (const [name, content] of page.files) await writeFile(join(machine.folder, name), asHere(content));
      for (const command of page.commands.filter(isRun)) await expectRun(command);
    });

  async function expectRun(command: WrittenCommand): Promise<void> {
    const at = whereWritten(command);
    if (command.page === API_PAGE && !isPlainRequest(command)) return;
    const text = await withIds(asHere(command.text));
    const { exitCode, stdout, stderr } = /^(?:npx )?ngr init/.test(text)
      ? await initiated(text)
      : await machine.type(text);
    const expected = EXIT_CODES.find(([like]) => like.test(text))?.[1] ?? [
      isShownRefused(command) ? REFUSED : 0,
    ];
    expect(exitCode, `${at}\n${text}\n${stdout.slice(-500)}\n${stderr}`).to.be.oneOf([...expected]);
    if (command.answer !== undefined)
      expectAsShown(stdout, { ...command.answer, text: asHere(command.answer.text) }, at);
  }

  /** `ngr init` writes into the folder in which it is typed. */
  async function initiated(text: string): Promise<Typed> {
    const cwd = await mkdtemp(join(machine.folder, 'init-'));
    return await machine.type(text, { cwd, input: '\nExample University\n\n\n\n' });
  }

  /** A notification of its own for each command that takes the `ID` of one. */
  async function withIds(text: string): Promise<string> {
    if (!/^ngr notifications .*\bID\b/.test(text)) return text;
    const [, verb = ''] = /^ngr notifications (\w+)/.exec(text) ?? [];
    if (verb === 'undo') {
      const { notifications } = await machine.node.api<{ notifications: { id: string }[] }>(
        'GET',
        '/notifications?list=sent',
      );
      return text.replace('ID', notifications.at(0)?.id ?? '');
    }
    const pattern = text.includes('--tentatively') ? 'request-review' : 'announce-review';
    const object = asHere('https://node.example/records/abc…');
    const payload = aPayload(pattern, {
      id: `urn:uuid:${randomUUID()}`,
      target: { id: machine.node.url, inbox: `${machine.node.url}/inbox`, type: 'Service' },
      ...(pattern === 'announce-review' && { context: { id: object } }),
    });
    if (pattern === 'request-review') Object.assign(payload['object'] as object, { id: object });
    const response = await fetch(`${machine.node.url}/inbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/ld+json' },
      body: JSON.stringify(payload),
    });
    expect(response.status, await response.text()).to.equal(201);
    return text.replace('ID', response.headers.get('location')?.split('/').at(-1) ?? '');
  }
});

/** Of the page of the API, which is made from the operations, the requests that need nothing filled in. */
function isPlainRequest({ text }: WrittenCommand): boolean {
  return !/ -X |\b[A-Z]{2,}\b(?!_)/.test(text.replace('$NGR_TOKEN', ''));
}

function isShownRefused({ answer }: WrittenCommand): boolean {
  return answer?.kind === 'json' && /"status": [45]\d\d/.test(answer.text);
}

async function standInsAt({ node, reader }: OperatorsMachine): Promise<[RegExp, string][]> {
  const { document } = await node.get<{ orderedItems: { id: string; oaiIdentifier: string }[] }>(
    '/search?q=repositories&access=open&limit=2',
  );
  const [one, two] = document.orderedItems.map(({ id, oaiIdentifier }) => ({
    key: id.split('/').at(-1) ?? '',
    oai: oaiIdentifier,
  }));
  if (one === undefined || two === undefined) throw new Error('the sample has no two records');
  return [
    [/https:\/\/node\.example(?:\.edu)?(?![.\w])/g, node.url],
    [/http:\/\/(?:localhost|127\.0\.0\.1):8080/g, node.url],
    [/https:\/\/reader\.example/g, reader],
    [/abc…/g, one.key],
    [/def…|5ifbccq7uk2mlqzhyw3e/g, two.key],
    [/oai:repository\.example:123/g, one.oai],
    [/oai:repository\.example:456/g, two.oai],
    [/\bRECORD\b/g, one.key],
    [/\bIRI\b/g, 'http://purl.org/vocab/frbr/core#supplement'],
    [/\bURL\b/g, `${reader}/datasets/7`],
    [/\/var\/backups\/ngr/g, 'backups'],
    [/\/etc\/ngr-node\/ngr\.config\.json/g, 'ngr.config.json'],
    [/\/var\/log\/apache2\/access\.log\.\*\.gz/g, 'access.log.1.gz'],
    [/\/tmp\/drill/g, 'drill'],
    // The machine of the page is lost; another one stands in its place.
    [/^ngr restore backups$/g, 'ngr restore backups --data new-machine'],
    [/^ngr identity import node-key\.pem$/g, 'ngr identity import node-key.pem --data new-machine'],
    // These take a node that does not run.
    [/^ngr rotate-key/g, 'ngr rotate-key --data new-machine'],
    [/^ngr store copy \.\/ngr-data "postgres:[^"]+"/g, 'ngr store copy new-machine moved'],
  ];
}
