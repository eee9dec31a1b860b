import type { IssueKind } from './issue-kind.ts';

const linesRead =
  'The lines before and behind it were read. How many there were in the last seven days stands in the issue.';

/** Logs of the repository's web server, from which its use is counted (docs/usage.md). */
export const usageKinds = {
  LOG_FILE_MISSING: {
    severity: 'error',
    title: 'There is no such log',
    explains: 'Neither the file nor its folder is there, so no use is counted from it.',
    remedy: 'Correct the path of this log under "usage.logs" in the configuration.',
  },
  LOG_FILE_UNREADABLE: {
    severity: 'error',
    title: 'A log cannot be opened',
    explains: 'No use is counted from it.',
    remedy: 'Give the user who runs the node the right to read it, by the group "adm" on Debian.',
  },
  LOG_FILE_DAMAGED: {
    severity: 'warning',
    title: 'A packed log is cut off or damaged',
    explains: 'What stands before the damage was counted.',
    remedy: 'Restore the file from a copy; what was counted already counts once.',
    detail: 'The gzip stream ends early or its checksum is wrong.',
  },
  LOG_FILE_FORMAT: {
    severity: 'warning',
    title: 'A log is packed in a way that is not read',
    explains: 'Logs are read as they are or packed by gzip.',
    remedy: 'Have them packed by gzip, or unpack them beside the log.',
  },
  LOG_SITE_SILENT: {
    severity: 'error',
    title: 'The repository does not say which items its log names',
    explains:
      'DSpace names items and files in its log by numbers that no metadata hold, so its REST API is asked. The log is read on when it answers.',
    remedy: 'Look whether the REST API below "siteUrl" of this log can be reached from the node.',
  },
  LOG_RULE_SLOW: {
    severity: 'error',
    title: 'A rule of a log takes too long over a path',
    explains:
      'Whoever asks the web server for a path that is made for it would hold the node by such a rule, so the log is not read on. Nothing of it is lost.',
    remedy:
      'Write the rules of this log without a repetition within a repetition, such as "(a+)+", and with as few ".*" as can be; then start the node again.',
    detail: 'The rules took more than half a second over the new paths in some hundred lines.',
  },
  LOG_LINE_TOO_LONG: {
    severity: 'warning',
    title: 'Lines of a log are longer than any request',
    explains: linesRead,
    remedy: 'Look who sends such requests; nothing of the repository is missing.',
  },
  LOG_LINE_BINARY: {
    severity: 'warning',
    title: 'Lines of a log hold bytes that are no text',
    explains: linesRead,
    remedy: 'Check the disk if the machine did not go down at that time.',
  },
  LOG_LINE_CUT: {
    severity: 'warning',
    title: 'Lines of a log end in their midst',
    explains: linesRead,
    remedy: 'Look whether the disk was full, or several servers write to one file.',
  },
  LOG_LINE_ADDRESS: {
    severity: 'warning',
    title: 'Lines of a log come from no IP address',
    explains: `Double clicks cannot be told without one. ${linesRead}`,
    remedy: 'Have the server write addresses, not host names (Apache: HostnameLookups Off).',
  },
  LOG_LINE_TIME: {
    severity: 'warning',
    title: 'Lines of a log have an impossible time',
    explains: linesRead,
    remedy: 'Have the server write the usual time, as [21/Nov/2026:10:00:00 +0100].',
  },
  LOG_LINE_UNREADABLE: {
    severity: 'warning',
    title: 'Lines of a log are in no known format',
    explains: linesRead,
    remedy: 'Have the server write the combined log format.',
  },
  LOG_ITEM_UNKNOWN: {
    severity: 'info',
    title: 'Items in a log are none of the node’s records',
    explains:
      'Their use is not counted. That is right for collections, thumbnails and what is not public; many of them are a sign that the log is of another repository, or that items are not harvested.',
    remedy: 'If there are many, look at "siteUrl" and "repository" of this log, and import it again.',
  },
  LOG_ITEM_AMBIGUOUS: {
    severity: 'info',
    title: 'Items in a log may be one of several records',
    explains: 'Their use is not counted, as nobody can tell which record was meant.',
    remedy: 'Name "siteUrl" of this log, so that records of several sources are told apart.',
  },
  USAGE_BAD_TIME: {
    severity: 'warning',
    title: 'Events of use come from the future, or from too long ago',
    explains: 'They are not counted.',
    remedy: 'Set the clock of the server that wrote them.',
  },
  USAGE_DAY_CLOSED: {
    severity: 'warning',
    title: 'Events of use came for days that are closed',
    explains: 'They are not counted: what is needed to tell double clicks on these days is deleted.',
    remedy: 'Give these days anew and whole: "ngr usage import FILE... --restate DAYS".',
  },
  USAGE_BAD_ADDRESS: {
    severity: 'warning',
    title: 'Events of use come from no IP address',
    explains: 'Double clicks cannot be told without one, so they are not counted.',
    remedy: 'Have whoever sends them tell the address of the user.',
  },
  USAGE_FLOOD: {
    severity: 'warning',
    title: 'One user has used items far too often on one day',
    explains: 'Nobody reads so much: what came beyond a million events is not counted.',
    remedy: 'Look who it is in the log of your web server, and keep them out there.',
  },
  USAGE_UNKNOWN_ITEM: {
    severity: 'info',
    title: 'Events of use name items that are not known',
    explains: 'They are not counted.',
    remedy: 'Look whether these items are harvested.',
  },
  USAGE_NOT_OWN: {
    severity: 'info',
    title: 'Events of use name items of other institutions',
    explains: 'Each node counts the use of its own items only.',
    remedy: 'Look whether the log is that of your repository.',
  },
  USAGE_WITHDRAWN_ITEM: {
    severity: 'info',
    title: 'Events of use name items that were withdrawn',
    explains: 'They are not counted.',
    remedy: 'Take the items out of the repository, too, if they are there still.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
