import { tryWriting } from '../disk-room.ts';
import { StoreError } from '../store/index.ts';
import type { Foundation } from './foundation.ts';

const LOOK_EVERY_MS = 5_000;
/** As much has to fit on the disk before it is worth a try. */
const PROBE_BYTES = 1024 * 1024;

/**
 * Where the disk refused a write of the embedded store, nothing more is written (node/store/after-failure.ts) till there is room
 * again. Then the whole node is started anew, from what is on the disk: what the parts have in memory may not be that.
 */
export function watchWriting({ store, directory, clock, onLost, onStop }: Foundation): void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const looking = (async () => {
    for (;;) {
      await clock.sleep(LOOK_EVERY_MS, signal);
      const failure = store.failure();
      if (failure === undefined || !(await hasRoom(directory))) continue;
      onLost(toReopen(directory, failure));
      return;
    }
  })().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  onStop(async () => {
    stopping.abort();
    await looking;
  });
}

async function hasRoom(directory: string): Promise<boolean> {
  return await tryWriting(directory, PROBE_BYTES).then(
    () => true,
    () => false,
  );
}

function toReopen(directory: string, cause: unknown): StoreError {
  return new StoreError('STORE_TO_REOPEN', `The data in ${directory} have to be opened anew to be written.`, {
    remedy: 'Start the node again: nothing acknowledged is lost.',
    cause,
  });
}
