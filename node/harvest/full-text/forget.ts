import { setImmediate as yieldToOthers } from 'node:timers/promises';
import * as dagCbor from '@ipld/dag-cbor';
import type { Operation, Section } from '../../store/index.ts';
import { stateRange, textRange } from './layout.ts';
import type { RecordState } from './record-state.ts';
import type { FileIssues } from './visitor.ts';

const AT_ONCE = 200;

/** Drops the texts that were kept, some hundred at a time. */
export async function dropTexts(section: Section, signal: AbortSignal): Promise<void> {
  await dropRange(section, textRange, signal);
}

/**
 * Drops everything that is known of files, and the issues about them, when full texts are switched off: some hundred rows
 * at a time, so that it can be broken off and gone on with at the next start. The reader begins anew if it is ever
 * switched on again.
 */
export async function forgetFullTexts(options: {
  section: Section;
  issues: Pick<FileIssues, 'forget'>;
  signal: AbortSignal;
}): Promise<void> {
  const { section, issues, signal } = options;
  for await (const value of section.values(stateRange)) {
    signal.throwIfAborted();
    const { source, oaiIdentifier, troubled } = dagCbor.decode<RecordState>(value);
    if (source !== undefined && troubled.length > 0) await issues.forget({ source, oaiIdentifier });
  }
  // The reader's cursor and version, which begin with `!`, go first.
  await dropRange(section, {}, signal);
}

async function dropRange(
  section: Section,
  range: { gt?: string; lt?: string },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const keys = await section.keys({ ...range, limit: AT_ONCE }).all();
    if (keys.length === 0) return;
    await section.batch(keys.map((key): Operation => ({ type: 'del', key })));
    await yieldToOthers();
  }
}
