import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { fileOpening, itemOpening } from './access.ts';
import type { FileState, RecordState } from './record-state.ts';

/**
 * The state without what may be known no longer: files that are closed or withdrawn by now, or not the record's any more.
 * Of a found file that was withdrawn its address stays.
 */
export function pruned(state: RecordState, record: NgrRecord, now: number): RecordState {
  const listed = new Map(record.files.map((file) => [file.url, file]));
  const files = state.files.flatMap((file): FileState[] => {
    const inRecord = listed.get(file.url);
    if (inRecord === undefined) {
      const mayStay = file.found === true && (file.heldBack === true || itemOpening(record.access, now).open);
      return mayStay ? [file] : [];
    }
    if (fileOpening(record, inRecord, now).open) return [released(file)];
    const isHeldBack = file.heldBack === true || inRecord.withdrawn !== undefined;
    return file.found === true && isHeldBack ? [heldBack(file)] : [];
  });
  return { ...state, files };
}

/** Addresses of which something was kept that `after` does not know any more. */
export function lost(before: RecordState, after: RecordState): string[] {
  const kept = new Set(after.files.flatMap(({ url, text }) => (text === 'extracted' ? [url] : [])));
  return before.files.flatMap(({ url, text }) => (text === 'extracted' && !kept.has(url) ? [url] : []));
}

function heldBack({ url }: FileState): FileState {
  return { url, found: true, heldBack: true, attempts: 0, references: [] };
}

/** A file that is in view again, and not read yet, is due. */
function released(file: FileState): FileState {
  if (file.heldBack !== true) return file;
  const { heldBack: _, ...others } = file;
  return { ...others, next: 0 };
}
