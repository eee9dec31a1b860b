import type { Section } from '../../store/index.ts';
import { decodeEntry } from './entry.ts';
import { blockIn, entryRange, largeBlockRange, numberIn } from './layout.ts';
import { Postings } from './postings.ts';
import { refined } from './refinement.ts';
import { Register } from './register.ts';

/** Rows read from disk at once. */
const AT_ONCE = 1_000;
/** As many as most have. */
const BLOCKS_A_RECORD = 11;

/** What is held in memory of every record: where it lies, and its outline. Some two hundred bytes each. */
export interface MemoryIndex {
  register: Register;
  postings: Postings;
}

/** Reads it from disk: some ten microseconds a record. @param records how many there are, roughly */
export async function readIndex(section: Section, records: number): Promise<MemoryIndex> {
  const register = new Register(records);
  const postings = new Postings(records * BLOCKS_A_RECORD);
  for await (const key of section.keys(largeBlockRange)) postings.setApart(blockIn(key));
  const entries = section.iterator(entryRange);
  try {
    for (let rows = await entries.nextv(AT_ONCE); rows.length > 0; rows = await entries.nextv(AT_ONCE)) {
      for (const [entry, value] of rows) {
        const number = numberIn(entry);
        const { key, outline, blocks } = decodeEntry(value);
        register.enter(number, key, outline);
        for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
          postings.add(block, number);
          if (postings.isApart(block)) blocks.push(...refined(block, outline));
        }
      }
    }
  } finally {
    await entries.close();
  }
  return { register, postings };
}
