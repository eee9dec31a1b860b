import { PositionCursor } from './positions.ts';
import { END, PostingCursor } from './posting-cursor.ts';
import { blocksOf, encodePostings } from './postings.ts';

const NO_BYTES = new Uint8Array();
/** Runs of which one is longer than this are put one behind the other as they are, where all documents live. */
const LONG_RUN = 512;

/**
 * One run for several whose document numbers ascend from run to run, without the postings of dead documents.
 * @param isLive whether a document lives; left out where all do
 */
export function mergeRuns(
  runs: readonly Uint8Array[],
  isLive?: (document: number) => boolean,
): { run: Uint8Array; dropped: number } {
  const [only] = runs;
  if (isLive === undefined && only !== undefined) {
    if (runs.length === 1) return { run: only, dropped: 0 };
    if (runs.some(({ length }) => length > LONG_RUN)) return { run: Buffer.concat(runs), dropped: 0 };
  }
  const pairs: number[] = [];
  const codes: number[] = [];
  let dropped = 0;
  for (const block of runs.flatMap(blocksOf)) {
    const cursor = new PostingCursor([block]);
    const positions = new PositionCursor(block);
    for (; cursor.document !== END; cursor.advance()) {
      if (isLive === undefined || isLive(cursor.document)) {
        pairs.push(cursor.document, cursor.weight);
        positions.copyTo(codes);
      } else {
        dropped += 1;
        positions.skip();
      }
    }
  }
  return { run: pairs.length === 0 ? NO_BYTES : encodePostings({ pairs, codes }), dropped };
}
