import { stagesWith } from '../../node/harvest/index.ts';
import { languageOfRecord } from '../../node/harvest/language/index.ts';
import type { RecordLanguages } from '../../node/harvest/language-thread/index.ts';

/** Tells languages where it is called: a thread for each test would cost more than it saves. */
export const languagesInPlace: RecordLanguages = {
  of: (records) => Promise.resolve(records.map(languageOfRecord)),
};

/** The stages of metadata alone. */
export const stages = stagesWith({ languages: languagesInPlace });
