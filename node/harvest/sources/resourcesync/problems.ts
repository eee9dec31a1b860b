import type { ResourceSyncError } from '../../../../protocols/resourcesync/index.ts';
import type { Problem } from '../../issues/issue.ts';

/** A list, dump or link of the source that cannot be used, while the harvest goes on without it. */
export function troubleWith(error: ResourceSyncError, severity: Problem['severity']): Problem {
  const { code, message, remedy = '' } = error;
  return { code, severity, message, remedy, about: message.slice(0, 200) };
}

/** A dump that is no use: the resources are fetched one by one. */
export function dumpRefused(error: ResourceSyncError): Problem {
  return {
    code: 'RESOURCESYNC_DUMP_REFUSED',
    severity: 'warning',
    message: 'A dump of the source cannot be used; its resources are fetched one by one, which takes longer.',
    detail: `${error.code}: ${error.message}`,
    remedy: 'Tell the source to make its dump anew.',
  };
}

/** Packages on demand that are no use: the resources are fetched one by one. */
export function onDemandRefused(error: ResourceSyncError): Problem {
  return {
    ...dumpRefused(error),
    message:
      'The source does not send what it offers to send together; it is fetched one by one, which takes longer.',
    remedy: 'Tell the source that its on-demand dump fails.',
  };
}

/** A resource that is listed and cannot be had. */
export function resourceMissing(loc: string, error: ResourceSyncError): Problem {
  const { status } = error.details;
  const isGone = status === 404 || status === 410;
  return {
    code: isGone ? 'RESOURCESYNC_RESOURCE_MISSING' : error.code,
    severity: 'error',
    message: isGone ? `The source lists ${loc}, but there is nothing there.` : error.message,
    remedy: isGone
      ? 'Tell the source: its list names what is no longer there.'
      : (error.remedy ?? 'Open the address in a browser.'),
    oaiIdentifier: loc,
  };
}

export function unreadable(loc: string, what: string, detail?: string): Problem {
  return {
    code: 'RESOURCESYNC_RESOURCE_UNREADABLE',
    severity: 'error',
    message: `${loc} ${what}`,
    ...(detail !== undefined && { detail }),
    remedy: 'Open the address in a browser, and have the source mend what it sends there.',
    oaiIdentifier: loc,
  };
}

export function addressTooLong(loc: string): Problem {
  return {
    code: 'RESOURCESYNC_BAD_ENTRY',
    severity: 'error',
    message: `The source lists an address of ${loc.length} characters, too long to be known by.`,
    detail: `${loc.slice(0, 500)}…`,
    remedy: 'Have the source give its metadata shorter addresses.',
    about: loc.slice(0, 200),
  };
}

export function wrongEncoding(loc: string, trouble: string): Problem {
  return {
    code: 'RESOURCESYNC_WRONG_ENCODING',
    severity: 'warning',
    message: `${loc} is ${trouble}.`,
    remedy: 'Ask the source to send UTF-8, and to say so.',
    oaiIdentifier: loc,
  };
}

/** What a list holds beside metadata and their files. */
export function otherResources(counts: ReadonlyMap<string, number>, apart: number): Problem[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shown = [...counts].toSorted(([, a], [, b]) => b - a).map(([type, count]) => `${type}: ${count}`);
  const problems: Problem[] = [];
  if (total > 0) {
    problems.push({
      code: 'RESOURCESYNC_OTHER_RESOURCES',
      severity: 'info',
      message: `${total} resources are no metadata that this node reads, nor files of such; they were left aside.`,
      detail: shown.join('\n'),
      remedy: 'Nothing, if they are not meant to be records.',
    });
  }
  if (apart > 0) {
    problems.push({
      code: 'RESOURCESYNC_FILES_APART',
      severity: 'info',
      message: `${apart} files are described by metadata that stand in another list, and were left to what those say.`,
      remedy:
        'Have the source list files beside their metadata, or link from the metadata to their files (rel="describes").',
    });
  }
  return problems;
}

export const changesOnly: Problem = {
  code: 'RESOURCESYNC_CHANGES_ONLY',
  severity: 'info',
  message:
    'The source publishes changes only, and no list of all it has: what vanishes without a word is not noticed.',
  remedy: 'Ask the source to publish a resource list, too.',
};

export const listChanged: Problem = {
  code: 'RESOURCESYNC_LIST_CHANGED',
  severity: 'info',
  message:
    'The lists of the source were made anew while they were read; what was not seen is not taken for vanished.',
  remedy: 'Nothing: the next full harvest looks again.',
};
