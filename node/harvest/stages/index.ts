import type { RecordLanguages } from '../language-thread/index.ts';
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
 * @param options.languages tells the languages of records
 * @param options.files gives records what is known of their files, where full texts are read
 */
export function stagesWith({
  languages,
  files,
}: {
  languages: RecordLanguages;
  files?: Stage | undefined;
}): readonly Stage[] {
  const gathering = files === undefined ? [] : [files];
  return [
    crosswalk,
    endedEmbargo,
    listedFiles,
    references,
    completeness,
    language(languages),
    ...gathering,
    fit,
  ];
}

export { Draft, type Stage } from './stage.ts';
