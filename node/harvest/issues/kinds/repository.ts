import type { IssueKind } from './issue-kind.ts';

/** The repository as a whole, in whatever way it is harvested. */
export const repositoryKinds = {
  // Reaching it
  OUTBOUND_BAD_URL: {
    severity: 'error',
    title: 'The address is not one of the web',
    explains: 'What is configured, or what the repository sends on to, is no address that can be asked.',
    remedy: 'Write the whole address, beginning with https:// or http://.',
  },
  OUTBOUND_PRIVATE_ADDRESS: {
    severity: 'error',
    title: 'The address lies in a private network',
    explains:
      'So that nobody can make the node look into your network, such addresses are asked only when they are named.',
    remedy: 'If this host is yours and meant to be reached, name it, with its port, in the configuration.',
  },
  OUTBOUND_TOO_MANY_REDIRECTS: {
    severity: 'error',
    title: 'The address sends on in a circle',
    explains: 'Each answer leads to another address, and there is no end.',
    remedy: 'Open the address in a browser, and put the one it ends at in the configuration.',
  },
  OUTBOUND_UNKNOWN_HOST: {
    severity: 'error',
    title: 'The name of the host is unknown',
    explains: 'There is no machine of that name, or this machine cannot find out where it is.',
    remedy: 'Check the spelling of the host name, and the DNS of this machine.',
  },
  OUTBOUND_REFUSED: {
    severity: 'error',
    title: 'The host refuses the connection',
    explains: 'The machine is there, but no web server answers on it.',
    remedy: 'Check the port in the address, and that the service there is running.',
  },
  OUTBOUND_CERTIFICATE: {
    severity: 'error',
    title: 'The certificate is not valid',
    explains: 'Nobody can be sure that the answer comes from the repository, so it is not read.',
    remedy: "Have the host's administrator renew the certificate; a browser shows what is wrong with it.",
    detail: 'Expired, for another name, signed by itself, or its chain is not complete.',
  },
  OUTBOUND_TIMEOUT: {
    severity: 'error',
    title: 'The host does not answer in time',
    explains: 'It is slow, or a firewall is in between.',
    remedy: 'Try again later, or raise the time limit.',
  },
  OUTBOUND_FAILED: {
    severity: 'error',
    title: 'The connection broke off',
    explains: 'The host was reached, and then was not.',
    remedy: 'Try again; if it stays, open the address in a browser on this machine.',
  },
  HARVEST_ENDPOINT_MOVED: {
    severity: 'warning',
    title: 'The repository has moved',
    explains:
      'Each request is sent on to another address. That works, until the old address is switched off.',
    remedy: 'Put the new address in the configuration of this source.',
    detail: 'The answer to Identify came from another address, behind an HTTP redirect.',
  },
  HARVEST_OTHER_BASE_URL: {
    severity: 'info',
    title: 'The repository names another address',
    explains: 'It is harvested at one address and says that its own is another.',
    remedy:
      'If it has moved, put the new address in the configuration; else correct the setting in the repository.',
    detail: 'baseURL of Identify; the scheme and a slash at the end do not count.',
  },

  // Its lists
  HARVEST_EMPTY: {
    severity: 'error',
    title: 'The repository says that it is empty',
    explains: 'It answers that it has no records at all. The records from before are kept.',
    remedy:
      'Look whether the repository is in order. If it is really empty, take it out of the configuration: its records go then.',
  },
  HARVEST_STALLED: {
    severity: 'warning',
    title: 'The harvest did not get on',
    explains: 'Several times it did not get beyond one place of the list. From there on it went another way.',
    remedy: "Look into the repository's log for what goes wrong there.",
  },
  HARVEST_INCOMPLETE_LIST: {
    severity: 'warning',
    title: 'Parts of the list could not be read',
    explains: 'Records that were not seen are kept, although some of them may be gone.',
    remedy: 'Mend what is listed as an error for this source; the next full harvest takes out what is gone.',
  },
  HARVEST_POSITION_LOST: {
    severity: 'info',
    title: 'A list was begun anew',
    explains: 'The repository had forgotten the place at which the harvest was to go on.',
    remedy: "Nothing. If it happens often, raise the lifetime of the repository's resumption tokens.",
    detail: 'OAI-PMH badResumptionToken, or a list that changed under the harvest.',
  },
  HARVEST_DATES_IGNORED: {
    severity: 'error',
    title: 'The list breaks off, and cannot be had in parts',
    explains:
      'The repository gives its list neither by date nor in order, so that what lies behind that place is out of reach.',
    remedy: "Raise the lifetime of resumption tokens in the repository's settings, or harvest it set by set.",
    detail:
      'Answers to from and until hold records of other dates, and the list is not ordered by datestamp.',
  },
  HARVEST_UNKNOWN_FORMAT: {
    severity: 'error',
    title: 'The metadata format is unknown',
    explains: 'The node does not know how to read what the repository sends.',
    remedy: 'Choose another format for this source; every repository offers oai_dc.',
  },
  HARVEST_FAILED: {
    severity: 'error',
    title: 'The harvest broke off',
    explains: 'Something went wrong in the node itself. The next harvest goes on at the same place.',
    remedy: "Look into the node's log; if it happens again, report it to the makers of NGR Node.",
  },
  CATALOGUE_CANNOT_WRITE: {
    severity: 'error',
    title: 'The node cannot store what it harvests',
    explains: 'Its disk is full or broken.',
    remedy: 'Free some space on the disk of the node, and start it again.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
