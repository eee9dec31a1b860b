import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installation } from '../../node/config/index.ts';
import { issueKind, issueKinds, issueSubjects } from '../../node/harvest/index.ts';
import { oaiErrorConditions, OaiProtocolError } from '../../protocols/oai-pmh/index.ts';
import { issuesPage } from '../../scripts/build/issues.ts';

const { root } = installation();

/** Where codes of issues come from. */
const FOLDERS = [
  'node/harvest',
  'node/outbound',
  'protocols/oai-pmh',
  'protocols/resourcesync',
  'vocab/cleaning',
  'vocab/crosswalks',
];

/** What who asked is answered, or what another error is made of: none of them becomes an issue. */
const NEVER_ISSUES: ReadonlySet<string> = new Set([
  'HARVEST_RECORD_REFUSED',
  'HARVEST_SET_OF_SEVERAL',
  'HARVEST_SOURCE_EXISTS',
  'HARVEST_SOURCE_REMOVED',
  'HARVEST_STOPPED',
  'HARVEST_UNKNOWN_RECORD',
  'HARVEST_UNKNOWN_SET',
  'HARVEST_UNKNOWN_SOURCE',
  'FULLTEXT_HOST_PAUSED',
  // Codes of Node, not ours.
  'EAI_AGAIN',
  'Z_BUF_ERROR',
]);

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

describe('the kinds of issues', () => {
  it('are known for every code that the code has', () => {
    const unknown = new Set<string>();
    for (const folder of FOLDERS) {
      for (const path of filesUnder(join(root, folder))) {
        for (const [, code = ''] of readFileSync(path, 'utf8').matchAll(
          /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g,
        )) {
          if (issueKind(code) === undefined && !NEVER_ISSUES.has(code)) unknown.add(code);
        }
      }
    }
    expect([...unknown]).to.deep.equal([]);
  });

  it('are known for every error of OAI-PMH', () => {
    for (const condition of [...oaiErrorConditions, 'somethingElse']) {
      const { code } = new OaiProtocolError([{ condition, message: '' }], 'here');
      expect(issueKind(code), code).to.not.equal(undefined);
    }
  });

  it('have each a code of its own, and words for a librarian', () => {
    const codes = issueSubjects.flatMap((subject) => Object.keys(issueKinds[subject]));
    expect(new Set(codes).size).to.equal(codes.length);
    expect(codes.length).to.be.greaterThan(100);
    for (const subject of issueSubjects) {
      for (const [code, { title, explains, remedy }] of Object.entries(issueKinds[subject])) {
        expect(title, code).to.match(/^\p{L}.{8,70}[^.]$/u);
        expect(explains, code).to.match(/^\p{Lu}.{8,}[.?!]$/u);
        expect(remedy, code).to.match(/^\p{Lu}.{6,}[.?!]$/u);
      }
    }
  });

  it('stand in docs/issues.md as the build writes them', () => {
    expect(readFileSync(join(root, 'docs', 'issues.md'), 'utf8')).to.equal(issuesPage());
  });
});
