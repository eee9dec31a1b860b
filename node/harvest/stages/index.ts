import { completeness } from './completeness.ts';
import { crosswalk } from './crosswalk.ts';
import { endedEmbargo } from './ended-embargo.ts';
import { fit } from './fit.ts';
import { language } from './language.ts';
import { listedFiles } from './listed-files.ts';
import { references } from './references.ts';
import type { Stage } from './stage.ts';

/**
 * Every stage, in the order in which a record goes through them.
 *
 * @param files gives records what is known of their files, where full texts are read
 */
export function stagesWith(files?: Stage): readonly Stage[] {
  const gathering = files === undefined ? [] : [files];
  return [crosswalk, endedEmbargo, listedFiles, references, completeness, language, ...gathering, fit];
}

/** The stages of metadata alone. */
export const stages: readonly Stage[] = stagesWith();

export { Draft, type Stage } from './stage.ts';
