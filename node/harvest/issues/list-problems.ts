/** What can be wrong with a list as a whole. */
import type { Problem } from './issue.ts';

export const emptyFiles: Problem = {
  code: 'HARVEST_EMPTY',
  severity: 'error',
  message: 'There is no record in the files. The records from before are kept.',
  remedy:
    'Put the files back. If the records are to go, take the source out: an import by "ngr import --remove", another in the configuration.',
};

export const emptyList: Problem = {
  code: 'HARVEST_EMPTY',
  severity: 'error',
  message: 'The repository answers that it has no records at all. The records from before are kept.',
  remedy:
    'Look whether the repository is in order. If it is really empty, take it out of the configuration: its records go then.',
};

export const stalledList: Problem = {
  code: 'HARVEST_STALLED',
  severity: 'warning',
  message: 'The harvest did not get beyond one place of the list several times. The list was begun anew.',
  remedy: "Look into the repository's log for what goes wrong there.",
};

export const incompleteList: Problem = {
  code: 'HARVEST_INCOMPLETE_LIST',
  severity: 'warning',
  message:
    'Parts of the list could not be read, so that records which were not seen are kept, although some may be gone.',
  remedy: 'Mend what is listed as an error for this source; the next full harvest takes out what is gone.',
};
