import { expect } from 'chai';
import { needs, python, script, xmllint } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { runForJson } from './support/run.ts';
import { faultsOf } from './support/schemas.ts';

type Copy = Record<string, string | null>;

interface Copied {
  capabilities: string[];
  oneByOne: Copy;
  /** Hashes of listed files that are not at the node. */
  elsewhere: Copy;
  byDump: Copy;
  byChanges: Copy;
  byChangeDump: Copy;
  deleted: string[];
  notified: string[];
  notifiedOfLists: string[];
  onDemand: Copy;
  /** All XML that was read, manifests within packages too. */
  documents: Record<string, string>;
}

/** A ResourceSync Destination in Python, and `xmllint` on everything that it read. */
export function copiesByResourceSync(node: PublishedNode): void {
  describe('a ResourceSync Destination', () => {
    const command = needs(python);
    let copied: Copied;
    before('copies the node', async () => {
      copied = await runForJson<Copied>(command(), [script('resourcesync.py'), node.url], '');
    });

    it('finds all that there is from the well-known place on', () => {
      const lists = ['changedump', 'changelist', 'resourcedump', 'resourcelist'];
      expect(copied.capabilities).to.deep.equal(
        ['change-notification', ...lists, 'framework-notification'].sort(),
      );
    });

    it('copies every record that stands, each with its hash', () => {
      expect(Object.keys(copied.oneByOne).sort()).to.deep.equal(node.records.map(({ id }) => id).sort());
    });

    it('is told of files whose bytes are known, where they are', () => {
      expect(copied.elsewhere).to.deep.equal({
        'https://deposits.example/files/article.pdf?x=1&y=2':
          'sha-256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      });
    });

    it('gets the same bytes one by one, by dump, by changes and by a dump of changes', () => {
      expect(copied.byDump).to.deep.equal(copied.oneByOne);
      expect(copied.byChanges).to.deep.equal(copied.oneByOne);
      expect(copied.byChangeDump).to.deep.equal(copied.oneByOne);
    });

    it('is told of the withdrawal, by the list of changes and by the channel of notifications', () => {
      expect(copied.deleted).to.deep.equal([node.withdrawn.id]);
      expect(copied.notified).to.include(node.withdrawn.id);
      expect(copied.notifiedOfLists).to.include(`${node.url}/resourcesync/resourcelist.xml`);
    });

    it('gets what it asks for on demand, and is told of what is gone or never was', () => {
      const {
        [node.withdrawn.id]: withdrawn,
        [`${node.url}/records/nothing`]: nothing,
        ...rest
      } = copied.onDemand;
      expect([withdrawn, nothing]).to.deep.equal([null, null]);
      expect(Object.keys(rest)).to.have.length(20);
      expect(copied.oneByOne).to.include(rest);
    });

    describe('and xmllint', () => {
      const lint = needs(xmllint);

      it('find each of the documents valid', async () => {
        const answers = Object.entries(copied.documents).map(([from, xml]) => ({ from, xml }));
        expect(answers).to.have.length.above(10);
        const options = { schemas: ['sitemap'], xmllint: lint(), within: node.folder };
        expect(await faultsOf(answers, options)).to.deep.equal([]);
      });
    });
  });
}
