import type { IssueKind } from './issue-kind.ts';

/** Answers and lists of OAI-PMH, and the records in them. */
export const oaiPmhKinds = {
  // Reaching it
  OAI_UNREACHABLE: {
    severity: 'error',
    title: 'The repository cannot be reached',
    explains:
      'It gave no answer, although it was asked several times. The records from before stay as they are.',
    remedy: 'Check the address of the repository, and that this machine reaches it.',
    detail: 'DNS, TCP, TLS, or the connection broke off; the cause is in the log of the node.',
  },
  OAI_TIMEOUT: {
    severity: 'error',
    title: 'The repository does not answer in time',
    explains: 'It took longer than the time limit, each time it was asked.',
    remedy: 'The repository is slow: try at a quieter hour, or raise the time limit.',
  },
  OAI_HTTP_STATUS: {
    severity: 'error',
    title: 'The repository answers with an error',
    explains: 'Its web server refuses the request or fails over it.',
    remedy: "Open the address in a browser; ask the repository's administrator when it fails there too.",
    detail: 'An HTTP status other than success, after all retries where it may pass.',
  },
  OAI_RETRY_LATER: {
    severity: 'error',
    title: 'The repository asks for a long pause',
    explains: 'It is busy, and says to come back later than one harvest waits.',
    remedy: 'Nothing: the next harvest goes on where this one stopped.',
    detail: 'HTTP 503 or 429 with a Retry-After beyond the limit.',
  },
  OAI_SLOW: {
    severity: 'warning',
    title: 'The repository is slow',
    explains: 'Its pages take so long that a whole harvest may not be done in the time between two.',
    remedy:
      "Show it to the repository's administrator: an index on the date of last change is often missing. Harvest at night.",
    detail: 'The median of the time between a request and the end of its answer.',
  },
  OAI_ROBOTS: {
    severity: 'warning',
    title: 'robots.txt closes the OAI-PMH interface',
    explains:
      "The repository's own node harvests it nevertheless, but others will not: search engines and aggregators stay out.",
    remedy: "Take the path of the OAI-PMH interface out of the repository's robots.txt.",
    detail: 'RFC 9309; the rules that hold for NGR-Node.',
  },

  // What it answers
  OAI_EMPTY: {
    severity: 'error',
    title: 'The answer is empty',
    explains: 'The repository says that all is well, and sends nothing.',
    remedy: 'Open the address in a browser; an empty answer is an error in the repository.',
  },
  OAI_NOT_XML: {
    severity: 'error',
    title: 'The answer is a web page',
    explains:
      'The address leads to a page for people, often a log-in, and not to the interface for harvesting.',
    remedy: 'Check the base URL: it must lead to the OAI-PMH interface, not to a web page or a log-in.',
  },
  OAI_NOT_OAI: {
    severity: 'error',
    title: 'The answer is none of OAI-PMH',
    explains: 'Something else than the interface for harvesting is at this address.',
    remedy: 'Check the base URL: it must lead to an OAI-PMH 2.0 interface.',
  },
  OAI_TOO_LARGE: {
    severity: 'error',
    title: 'The answer is too large',
    explains: 'A page of the list passes the limit that keeps the node safe.',
    remedy: 'Raise the limit of bytes for a page, or have the repository send smaller pages.',
  },
  OAI_UNREADABLE: {
    severity: 'error',
    title: 'The answer cannot be read',
    explains: 'The XML is broken so badly that no record could be found in it.',
    remedy: "Have the repository's administrator mend its XML; a validator shows the place.",
  },
  OAI_TRUNCATED: {
    severity: 'error',
    title: 'The answer stops in the middle',
    explains: 'Records after that place were not received.',
    remedy:
      'Harvest again; it goes on where it stopped. If the page is cut every time, ask for smaller pages.',
  },
  OAI_TOKEN_LOOP: {
    severity: 'warning',
    title: 'The list goes in a circle',
    explains: 'The repository sends the same pages again and again. The rest is asked for in parts, by date.',
    remedy: 'Report it to the makers of the repository. Nothing is missing because of it.',
    detail: 'A resumptionToken that was used before in the same list.',
  },
  OAI_FAULT: {
    severity: 'error',
    title: 'The repository reports an error of its own',
    explains: 'It cannot do what it was asked, and says so in its own way.',
    remedy: "Ask the repository's administrator, with this message.",
    detail: 'An error element with a code that OAI-PMH 2.0 (section 3.6) does not have.',
  },
  OAI_BAD_ARGUMENT: {
    severity: 'error',
    title: 'The repository does not accept the request',
    explains: 'It does not know a set, a date or a format that it was asked for.',
    remedy: "Check the sets and the format in the configuration; else ask the repository's administrator.",
    detail: 'OAI-PMH badArgument.',
  },
  OAI_BAD_RESUMPTION_TOKEN: {
    severity: 'error',
    title: 'The repository lost the place in its list',
    explains: 'The harvest could not go on with the list and could not begin it anew either.',
    remedy: "Harvest again; if it happens often, raise the lifetime of the repository's resumption tokens.",
    detail: 'OAI-PMH badResumptionToken.',
  },
  OAI_BAD_VERB: {
    severity: 'error',
    title: 'The repository does not understand the request',
    explains: 'It does not know one of the six questions that the protocol has.',
    remedy: 'Check the base URL: it must lead to an OAI-PMH 2.0 interface.',
    detail: 'OAI-PMH badVerb.',
  },
  OAI_CANNOT_DISSEMINATE_FORMAT: {
    severity: 'error',
    title: 'The repository does not have the format',
    explains: 'It cannot give its records in the metadata format that was asked for.',
    remedy: 'Take the format out of the configuration, so that the best one on offer is chosen.',
    detail: 'OAI-PMH cannotDisseminateFormat; ListMetadataFormats tells what there is.',
  },
  OAI_ID_DOES_NOT_EXIST: {
    severity: 'error',
    title: 'The repository does not have the record',
    explains: 'A record that was asked for by its identifier is not there.',
    remedy: 'Look whether the repository still has it, and under this OAI identifier.',
    detail: 'OAI-PMH idDoesNotExist.',
  },
  OAI_NO_RECORDS_MATCH: {
    severity: 'error',
    title: 'The repository finds no records',
    explains: 'Nothing fits the sets and dates that were asked for.',
    remedy: 'Check the sets in the configuration.',
    detail: 'OAI-PMH noRecordsMatch.',
  },
  OAI_NO_METADATA_FORMATS: {
    severity: 'error',
    title: 'The repository offers no metadata',
    explains: 'It says that there is no format in which it can give a record.',
    remedy: "Ask the repository's administrator: oai_dc has to be on offer for every record.",
    detail: 'OAI-PMH noMetadataFormats.',
  },
  OAI_NO_SET_HIERARCHY: {
    severity: 'error',
    title: 'The repository has no sets',
    explains: 'A set is configured, and the repository does not have any.',
    remedy: 'Take the sets out of the configuration.',
    detail: 'OAI-PMH noSetHierarchy.',
  },
  OAI_WRONG_ENCODING: {
    severity: 'warning',
    title: 'The answer is in another encoding than it says',
    explains: 'It was read all the same; accents may be wrong.',
    remedy: "Ask the repository's administrator to send UTF-8, and to say so in the header of its answers.",
  },

  // Its lists
  OAI_TOKENS_EXPIRE: {
    severity: 'warning',
    title: 'The repository forgets where its list stands',
    explains: 'It did so before the list had been read to its end. The rest is asked for in parts, by date.',
    remedy: "Raise the lifetime of resumption tokens in the repository's settings; a day is usual.",
    detail: 'OAI-PMH badResumptionToken.',
  },
  OAI_WINDOW_UNREADABLE: {
    severity: 'error',
    title: 'Some records keep the repository from answering',
    explains:
      'Whenever they are in an answer, the repository fails. They are missing here, or are as they were before.',
    remedy:
      "Look into the repository's log for the error at these dates, and mend the records of which it speaks.",
    detail: 'The smallest span of datestamps that fails, by ListRecords and by ListIdentifiers.',
  },
  OAI_WINDOW_TOO_LARGE: {
    severity: 'error',
    title: 'Too many records have one date',
    explains:
      'The repository breaks off their list before its end, and by date it cannot be cut any further. Some are missing.',
    remedy:
      "Raise the lifetime of resumption tokens, or the size of pages, in the repository's settings; or harvest set by set.",
    detail: 'A list of one unit of the granularity whose tokens do not last.',
  },
  OAI_UNTIL_IGNORED: {
    severity: 'warning',
    title: 'The repository does not cut its lists by date',
    explains:
      'Its lists were read in a way that cannot tell whether a record is gone, so that none is taken out.',
    remedy: 'Report it to the makers of the repository: the argument until has no effect.',
    detail: 'ListRecords with until gives records that are dated later.',
  },
  OAI_UNKNOWN_SET: {
    severity: 'error',
    title: 'The repository does not have the set',
    explains: 'A set that is configured is not among those that it lists. The records from before are kept.',
    remedy: 'Correct the name of the set in the configuration.',
    detail: 'ListSets.',
  },
  OAI_NO_KNOWN_FORMAT: {
    severity: 'warning',
    title: 'The repository offers no format that is known',
    explains: 'Its records are asked for in oai_dc, which every repository has to offer.',
    remedy: "Ask the repository's administrator to offer oai_dc, or a richer format.",
    detail: 'ListMetadataFormats.',
  },
  OAI_FORMAT_PARTIAL: {
    severity: 'info',
    title: 'The best format is not there for all records',
    explains:
      'The repository has some of its records in poorer formats only; all are read in one that all are in.',
    remedy:
      'Offer the richer format for all records, or name it as metadataPrefix, if the others are not wanted.',
    detail: 'Sizes of the ListIdentifiers lists in both formats.',
  },
  OAI_NO_DELETIONS: {
    severity: 'info',
    title: 'The repository does not keep record of deletions',
    explains: 'That a record has vanished is found by reading everything, which is done once a week.',
    remedy: 'Nothing; but a repository that can keep deleted records should: see its OAI-PMH settings.',
    detail: 'deletedRecord of Identify is no or transient.',
  },
  OAI_EARLIEST_WRONG: {
    severity: 'info',
    title: 'The date of the earliest record is wrong',
    explains: 'Nothing is missing here because of it, but others may harvest from that date on.',
    remedy: "Correct the earliest date in the repository's OAI-PMH settings.",
    detail: 'earliestDatestamp of Identify is no date, lies in another age, or behind a record.',
  },
  OAI_GRANULARITY: {
    severity: 'warning',
    title: 'Dates are not as fine as the repository says',
    explains: 'It says that it counts seconds and counts days, or the other way round. It is asked by days.',
    remedy: "Correct the granularity in the repository's OAI-PMH settings.",
    detail: 'granularity of Identify, datestamps of headers, and which dates the repository accepts.',
  },
  OAI_NOT_UTF8: {
    severity: 'info',
    title: 'The answers are not in UTF-8',
    explains: 'They were read all the same. Other harvesters may not read them.',
    remedy: "Ask the repository's administrator to have them sent in UTF-8.",
    detail: 'OAI-PMH 2.0, section 3.2.1.',
  },
  OAI_LIST_LONG: {
    severity: 'info',
    title: 'The list is longer than announced',
    explains: 'The repository said how many records there are, and sent more. Nothing is missing.',
    remedy: 'Nothing.',
    detail: 'completeListSize and what came differ.',
  },
  OAI_LIST_SHORT: {
    severity: 'warning',
    title: 'The list is shorter than announced',
    explains: 'The repository said how many records there are, and sent fewer.',
    remedy:
      'Nothing, if the repository only estimates the number; otherwise its index may have to be rebuilt.',
    detail: 'completeListSize and what came differ.',
  },
  OAI_PAGE_DAMAGED: {
    severity: 'error',
    title: 'A page of the list is damaged',
    explains: 'It was read record by record; what could not be read is listed beside.',
    remedy:
      "Mend the records of this page that are listed as unreadable; the repository's XML is not well-formed.",
  },
  OAI_PAGE_TRUNCATED: {
    severity: 'error',
    title: 'A page of the list stops in the middle',
    explains: 'The records after that place are fetched again.',
    remedy:
      "Nothing, if it happens once: the next harvest goes on here. Otherwise look for an error in the repository's log.",
  },
  OAI_MORE_ISSUES: {
    severity: 'error',
    title: 'More is wrong with a page than is listed',
    explains: 'Only the first thousand problems of a page are listed one by one.',
    remedy: 'Mend what is listed of this page first; the rest shows itself at the next harvest.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
