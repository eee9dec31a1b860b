import type { Change, HarvestedRecord } from '../../../node/catalogue/index.ts';
import { recordIri, recordKey } from '../../../vocab/record-key.ts';
import type { Agent, Identifier } from '../../../vocab/record.ts';
import { harvestedRecord } from '../filling.ts';
import type { BenchRecord } from '../records.ts';

/** A record as a repository gives it out, and the repository. */
export interface Described {
  repository: string;
  record: HarvestedRecord;
}

/** With all that the benchmark's record says of where it was published. */
export function described(repository: string, { doi, ...bench }: BenchRecord): Described {
  const { source: title, publisher, pages } = bench;
  const record = harvestedRecord(bench);
  return {
    repository,
    record: {
      ...record,
      identifiers: doi === undefined ? [] : [identifier(doi)],
      ...(publisher !== undefined && { publisher }),
      ...((title !== undefined || pages !== undefined) && {
        source: { ...(title !== undefined && { title }), ...(pages !== undefined && { pages }) },
      }),
      raw: [],
    },
  };
}

/** Among the DOIs of the data are some Handles, as addresses, and some that begin with `doi:`. */
function identifier(text: string): Identifier {
  const handle = /^https?:\/\/hdl\.handle\.net\/(.+)$/.exec(text)?.[1];
  if (handle !== undefined) return { scheme: 'handle', value: handle };
  return { scheme: 'doi', value: text.replace(/^doi:/i, '').toLowerCase() };
}

/** The change by which a reader of the log learns of the record. */
export function changeTo({ repository, record }: Described, position: number): Change {
  const key = recordKey(repository, record.oaiIdentifier);
  const id = recordIri(`https://${repository}.example`, key);
  return { position, key, holding: { ...record, id, node: repository } };
}

export const keyOf = ({ repository, record }: Described): string =>
  recordKey(repository, record.oaiIdentifier);

/** `Given Family` as a person with the parts of the name: the last word, with the particles before it, is the family. */
export function aPerson(name: string): Agent {
  const words = name.trim().split(/\s+/);
  let at = words.length - 1;
  while (at > 1 && /^\p{Ll}+$/u.test(words[at - 1] ?? '') && words[0] !== words[0]?.toLowerCase()) at -= 1;
  const [given, family] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
  if (given === '') return { name: family, family, kind: 'person' };
  return { name: `${family}, ${given}`, family, given, kind: 'person' };
}
