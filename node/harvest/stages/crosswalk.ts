import { type Crosswalk, crosswalkFor, crosswalks } from '../../../vocab/crosswalks/index.ts';
import { HarvestError } from '../errors.ts';
import { problemsOfRepairs } from './repairs.ts';
import { type Draft, eachRecord, type Stage } from './stage.ts';

/** Reads the description out of the metadata, and takes down what had to be put right on the way. */
export const crosswalk: Stage = {
  name: 'crosswalk',
  apply: (drafts, signal) => {
    for (const draft of drafts) if (wayOf(draft) === undefined) throw unknownFormat(draft);
    return read.apply(drafts, signal);
  },
};

const read = eachRecord('crosswalk', (draft) => {
  const result = wayOf(draft)?.read(draft.item.metadata.element);
  if (result === undefined) return;
  Object.assign(draft.record, result.description);
  for (const problem of problemsOfRepairs(result.repairs)) draft.report(problem);
});

/** By the namespace, which is always the format's own; prefixes are the repository's choice. */
function wayOf({ item: { metadata } }: Draft): Crosswalk | undefined {
  return (
    crosswalks.find(({ namespace }) => namespace === metadata.element.namespace) ??
    crosswalkFor(metadata.format)
  );
}

/** That is so for every record of the source: the harvest ends here. */
function unknownFormat({ item: { metadata } }: Draft): HarvestError {
  return new HarvestError(
    'HARVEST_UNKNOWN_FORMAT',
    `The metadata format ${metadata.format} (${metadata.element.namespace}) cannot be read.`,
    { remedy: 'Choose another metadataPrefix for this source; every repository offers oai_dc.' },
  );
}
