import { expect } from 'chai';
import { Parser, type Term } from 'n3';
import { activityStreamsContext } from '../../vocab/json-ld/contexts/activity-streams.ts';
import { coarNotifyContext } from '../../vocab/json-ld/contexts/coar-notify.ts';
import { until } from '../support/until.ts';
import { needs, pyld, script } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { runForJson } from './support/run.ts';

interface Asked {
  path: string;
  accept: string;
  /** Where the same is had as N-Quads. */
  twin?: string;
  /** The same as N-Quads. */
  quads?: string;
  /** Whether each key has to be a term: not of what others wrote. */
  strict?: boolean;
}
interface Read {
  path: string;
  type: string;
  quads: number;
  /** Keys that no context knows, and addresses that are none by themselves. */
  unknown: string[];
  /** Of the graphs that should be the same, those that are not. */
  differs: string[];
}

/** After a count that took a second on a busy machine, the next one waits for nine. */
const COUNTED_WITHIN_MS = 2 * 60_000;

const JSON_LD = 'application/ld+json';
/** Of those of which the N-Quads are compared, some more are read as Turtle: a reader in Python takes its time. */
const COMPARED = 40;
const AS_TURTLE = 10;

const contexts = {
  'https://www.w3.org/ns/activitystreams': { '@context': activityStreamsContext },
  'https://coar-notify.net': { '@context': coarNotifyContext },
  // It maps every one of its names into its vocabulary; which of these are addresses does not matter here.
  'https://schema.org/': { '@context': { '@vocab': 'https://schema.org/', id: '@id', type: '@type' } },
};

/** PyLD on every kind of JSON-LD that the node gives. */
export function readsJsonLd(node: PublishedNode): void {
  describe('PyLD', () => {
    const command = needs(pyld);
    const read = (documents: Asked[], known: object = contexts): Promise<Read[]> =>
      runForJson(command(), [script('json-ld.py')], { base: node.url, contexts: known, documents });
    const good = ({ path, type, unknown, differs }: Read): boolean => {
      expect({ type, unknown, differs }, path).to.deep.equal({
        type: type.startsWith(JSON_LD) ? type : JSON_LD,
        unknown: [],
        differs: [],
      });
      return true;
    };

    /** Turtle as N-Quads. */
    async function turtleOf(path: string): Promise<string> {
      const response = await node.fetch(path, { headers: { accept: 'text/turtle' } });
      const quads = new Parser({ format: 'text/turtle' }).parse(await response.text());
      return quads
        .map(({ subject, predicate, object }) => `${[subject, predicate, object].map(written).join(' ')} .\n`)
        .join('');
    }

    it('reads records, a reviewed one and a tombstone among them, to the graph of their N-Quads and Turtle', async () => {
      const chosen = [node.withdrawn, node.reviewed, node.richest, ...node.records.slice(0, COMPARED)];
      const documents = await Promise.all(
        chosen.map(async ({ key }, i): Promise<Asked> => {
          const path = `/records/${key}`;
          const asked = { path, accept: JSON_LD, twin: path, strict: true };
          return i < AS_TURTLE ? { ...asked, quads: await turtleOf(path) } : asked;
        }),
      );
      const found = await read(documents);
      expect(found).to.have.length(documents.length);
      expect(found.every(good)).to.equal(true);
      expect(Math.min(...found.map(({ quads }) => quads))).to.be.above(5);
    });

    it('reads all else to a graph from which no key and no address is missing', async () => {
      const { key } = node.reviewed;
      await visit(`/records/${key}`);
      const shared = await oneWithCopies();
      const paths = [
        '/',
        '/records?limit=20',
        `/records?limit=1&origin=${(await node.json<{ node: string }>('/')).node}`,
        `/records/${shared.key}/duplicates`,
        `/works/${shared.work}`,
        `/records/${key}/related`,
        `/records/${node.richest.key}/citations`,
        `/records/${await citedKey()}/citations`,
        '/search?q=open+archives',
        '/peers',
        '/usage',
        '/assessments/ngr-behaviours',
        '/assessments/rioxx',
        '/inbox',
        '/inbox/constraints',
      ];
      const found = await read(paths.map((path) => ({ path, accept: JSON_LD, strict: true })));
      expect(found.every(good)).to.equal(true);
      for (const { path, quads } of found) expect(quads, path).to.be.above(3);
    });

    it('reads notifications as they came, and records in terms of schema.org', async () => {
      const listing = await node.json<{ 'ldp:contains': { '@id': string }[] }>('/inbox');
      const received = listing['ldp:contains'].map((one) => new URL(one['@id']).pathname);
      const profile = `${JSON_LD}; profile="https://schema.org/"`;
      const found = await read([
        ...received.map((path) => ({ path, accept: JSON_LD })),
        ...[node.reviewed, node.richest, ...node.records.slice(0, 5)].map(({ key: record }) => ({
          path: `/records/${record}`,
          accept: profile,
        })),
      ]);
      expect(found.every(good)).to.equal(true);
      for (const { path, quads } of found) expect(quads, path).to.be.above(5);
    });

    it('would see another graph, and keys that no context knows', async () => {
      const [record] = await read([
        { path: `/records/${node.richest.key}`, accept: JSON_LD, quads: '<urn:a> <urn:b> <urn:c> .\n' },
      ]);
      expect(record?.differs).to.deep.equal(['quads']);
      const withoutTerms = { ...contexts, 'https://schema.org/': { '@context': {} } };
      const path = `/records/${node.richest.key}?format=schema`;
      const [other] = await read([{ path, accept: JSON_LD, strict: true }], withoutTerms);
      expect(other?.unknown).to.include.members(['urn:unknown-term:name', 'urn:unknown-term:author']);
    });

    /** Looks at a page as a person does, so that there is usage. */
    async function visit(path: string): Promise<void> {
      const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
      await node.fetch(path, { headers: { accept: 'text/html', 'user-agent': agent } });
      await until(
        'the visit is counted',
        async () => {
          const { investigations } = await node.json<{ investigations: number }>('/usage');
          return investigations > 0;
        },
        COUNTED_WITHIN_MS,
      );
    }

    /** One whose work others have, too. */
    async function oneWithCopies(): Promise<{ key: string; work: string }> {
      const { orderedItems } = await node.json<{
        orderedItems: { id: string; 'schema:exampleOfWork'?: { id: string } }[];
      }>('/search?q=open+archives');
      for (const { id, 'schema:exampleOfWork': work } of orderedItems) {
        if (work !== undefined) return { key: lastOf(id), work: lastOf(work.id) };
      }
      throw new Error('nothing that is found has copies');
    }

    /** One that the richest cites. */
    async function citedKey(): Promise<string> {
      const { orderedItems } = await node.json<{ orderedItems: { id?: string }[] }>(
        `/records/${node.richest.key}/citations`,
      );
      const held = orderedItems.find(({ id }) => id?.startsWith(node.url));
      return lastOf(held?.id ?? '');
    }
  });
}

/** A term in canonical N-Quads: PyLD knows no other escapes, and blank nodes of letters and digits only. */
function written(term: Term): string {
  if (term.termType === 'BlankNode') return `_:${term.value.replace(/\W|_/g, 'x')}`;
  if (term.termType !== 'Literal') return `<${term.value}>`;
  const text = term.value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return term.language === '' ? `"${text}"^^<${term.datatype.value}>` : `"${text}"@${term.language}`;
}

const lastOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1);
