import { type CrosswalkResult, crosswalkOf, fieldCrosswalkFor } from '../../../vocab/crosswalks/index.ts';
import { HarvestError } from '../errors.ts';
import { problemsOfRepairs } from './repairs.ts';
import { type Draft, eachRecord, type Stage } from './stage.ts';

/** Reads the description out of the metadata, and takes down what had to be put right on the way. */
export const crosswalk: Stage = {
  name: 'crosswalk',
  apply: (drafts, signal) => {
    // What none of a page can be read in, the whole source is in: the harvest ends here.
    const [first] = drafts;
    if (first !== undefined && drafts.every((draft) => readerOf(draft) === undefined))
      throw unknownFormat(first);
    return read.apply(drafts, signal);
  },
};

const read = eachRecord('crosswalk', (draft) => {
  const reader = readerOf(draft);
  if (reader === undefined) {
    const { code, message, remedy = '' } = unknownFormat(draft);
    return draft.refuse({ code, message, remedy });
  }
  const { description, repairs } = reader();
  Object.assign(draft.record, description);
  for (const problem of problemsOfRepairs(repairs)) draft.report(problem);
});

function readerOf({ item: { metadata } }: Draft): (() => CrosswalkResult) | undefined {
  if ('element' in metadata) {
    const { element, format } = metadata;
    const way = crosswalkOf(element, format);
    return way === undefined ? undefined : () => way.read(element);
  }
  const { fields, format } = metadata;
  const way = fieldCrosswalkFor(format);
  return way === undefined ? undefined : () => way.read(fields);
}

function unknownFormat({ item: { metadata } }: Draft): HarvestError {
  const root = 'element' in metadata ? ` (${metadata.element.namespace})` : '';
  return new HarvestError(
    'HARVEST_UNKNOWN_FORMAT',
    `The metadata format ${metadata.format}${root} cannot be read.`,
    {
      remedy: 'Choose another metadataPrefix for this source; every repository offers oai_dc.',
    },
  );
}
