import type { CriterionId, PlanSOutcome, RequirementId, Weight } from '../../../assessment/index.ts';
import { counting } from '../counting.ts';

const n = counting('en');

/** What the assessment by Plan S says, in English. */
export const planS = {
  name: 'Plan S requirements for repositories',
  lede: 'What the funders of cOAlition S ask of a repository in which articles are deposited. What this node can see, it has looked at; the rest is what the institution says.',
  described: 'Part III of Plan S: technical guidance and requirements',
  weights: { mandatory: 'Mandatory', recommended: 'Strongly recommended' } satisfies Record<Weight, string>,
  outcomes: {
    met: 'met',
    declared: 'met, as the institution says',
    unknown: 'not known',
    'not-met': 'not met',
  } satisfies Record<PlanSOutcome, string>,
  advice: 'What to do',
  percent: (percent: string) => `${percent}%`,
  threshold: {
    planS: (percent: string) => `Plan S asks for ${percent}.`,
    node: (percent: string) => `Plan S names no share; this node takes ${percent}.`,
  },
  recordsLink: 'What single records show, and which of them fail',
  table: 'As a table (CSV)',
  evidence: {
    records: (passed: string, of: string) => `${passed} of ${of} records that it is about`,
    formats: (name: string, standards: string) => `${name} offers ${standards}`,
    noStandard: 'no format that is a standard',
    prefixes: 'Formats:',
    statement: (name: string) => `${name} says of its metadata:`,
    uptime: (name: string, percent: string, known: string) =>
      `${name} answered in ${percent} of the time that is known; of the year, ${known} is known`,
    answers: (name: string) => `${name} answers without a login`,
    silent: (name: string) => `${name} has not answered`,
    address: 'Seen at',
    failing: (count: number) => n(count, 'record fails', 'records fail'),
  },
  declared: {
    title: 'What the institution says',
    by: (by: string, date: string) => `${by}, ${date}`,
    evidence: 'Evidence',
    stale: 'This was said more than a year ago and should be looked at again.',
    denied: 'The institution says that it does not meet this.',
  },
  availability: {
    title: 'Availability',
    text: 'The node asks each address every five minutes, twice before it counts as down. Time in which the node itself did not run is not known and does not count.',
    none: 'No address of the institution is asked.',
    suspected: (time: string) =>
      `Since ${time} nobody is reached from here. The line of this node itself seems to be down, and nothing is counted.`,
    withoutLine: (minutes: number) =>
      n(minutes, 'minute does not count', 'minutes do not count') +
      ', since the line of this node itself seemed to be down.',
    share: 'Available',
    known: 'Of the year, known',
    last: 'When last asked',
    isUp: 'answered',
    isDown: 'did not answer',
    chart: (name: string) => `Minutes without an answer, by month: ${name}`,
    down: 'Minutes down',
    month: 'Month',
    knownShare: 'Known (%)',
    upShare: 'Available (%)',
    outages: 'The longest outages',
    noOutages: 'No outage is known.',
    begin: 'Begin',
    end: 'End',
    minutes: 'Minutes',
    ongoing: 'not over when last asked',
    maintenance: 'Announced maintenance, which does not count',
  },
  requirements: {
    registration: {
      name: 'Registered in OpenDOAR',
      asks: 'The repository is registered in OpenDOAR, or on its way to be.',
    },
    identifiers: {
      name: 'Persistent identifiers',
      asks: 'Deposited versions have persistent identifiers such as DOI, URN or Handle, with versions where they are revised.',
    },
    metadata: {
      name: 'Metadata of high quality',
      asks: 'Metadata of articles are good, in a standard open format and under CC0. They name the original publication, the version, access, licence and funding.',
    },
    embedding: {
      name: 'Access and licence in the article',
      asks: 'The article itself says, for machines too, whether it is open and under which licence.',
    },
    availability: {
      name: 'Continuous availability',
      asks: 'The repository is available for at least 99.7% of the time, scheduled maintenance apart.',
    },
    helpdesk: {
      name: 'Helpdesk',
      asks: 'There is a helpdesk, by mail at least, that answers within one business day.',
    },
    submission: {
      name: 'Submission',
      asks: 'Authors deposit single manuscripts and publishers many at once.',
    },
    'full-text': {
      name: 'Full text for machines',
      asks: 'Full texts are kept in a machine-readable standard of the community, such as JATS XML.',
    },
    entities: {
      name: 'Identifiers of persons and bodies',
      asks: 'Authors, funders, grants and institutions have persistent identifiers.',
    },
    citations: { name: 'Open citations', asks: 'Data on citations are open to all, as I4OC asks.' },
    api: {
      name: 'Open interface',
      asks: 'Everybody, machines too, gets at the content by an open interface.',
    },
    openaire: { name: 'OpenAIRE', asks: 'The metadata comply with the OpenAIRE guidelines.' },
    quality: {
      name: 'Quality assurance',
      asks: 'Deposits are linked to authoritative descriptions, as of PubMed or Crossref.',
    },
  } satisfies Record<RequirementId, { name: string; asks: string }>,
  criteria: {
    opendoar: {
      title: 'Every repository of the institution has an entry in OpenDOAR.',
      advice:
        'Register at opendoar.ac.uk, and enter the number of the entry on the institution’s page of the dashboard. While it is under way, say so.',
    },
    'persistent-identifiers': {
      title: 'Deposited versions have persistent identifiers of their own.',
      advice: 'Register DOIs or Handles for deposits, and export them with the record.',
    },
    versioning: {
      title: 'Revised deposits get versions that can be told apart.',
      advice: 'Say how the repository keeps versions, with the address of its guide.',
    },
    description: {
      title: 'Records describe the item well: authors, abstract, subject, language, type, date.',
      advice: 'Make these fields mandatory at deposit; complete the records that fail.',
    },
    'metadata-formats': {
      title: 'The repository offers its metadata in open standards.',
      advice: 'Turn on formats such as RIOXX, OpenAIRE or DataCite in the repository’s OAI-PMH interface.',
    },
    'metadata-cc0': {
      title: 'The metadata are under CC0.',
      advice:
        'Say so where machines read it: in a rightsManifest or metadataPolicy of the answer to Identify; or declare it here, with the address of the policy.',
    },
    'publication-identifiers': {
      title: 'Records name the DOI of the original publication.',
      advice: 'Enter the DOI at deposit; look up those that are missing at Crossref.',
    },
    versions: {
      title: 'Records of articles say which version was deposited.',
      advice: 'Have depositors choose: accepted manuscript or version of record.',
    },
    'licence-and-access': {
      title: 'Records say who has access and under which licence, in a form for machines.',
      advice: 'Have access and licence chosen at deposit, and exported as addresses.',
    },
    funding: {
      title: 'Funding is given with the name of the funder and the number of the grant.',
      advice: 'Ask for funder and grant together; import projects from OpenAIRE or Crossref.',
    },
    'embedded-licence': {
      title: 'Files say their licence and access within themselves.',
      advice:
        'Have the repository write them into XMP of the PDF, on a cover page with the licence’s address, or into JATS; then say so.',
    },
    uptime: {
      title: 'The repository answered for at least 99.7% of the last year.',
      advice: 'Look at the outages below. Announce maintenance beforehand and enter it: it does not count.',
    },
    'helpdesk-address': {
      title: 'There is an address for help.',
      advice: 'Enter a mail address or a form on the institution’s page of the dashboard.',
    },
    'helpdesk-response': {
      title: 'Whoever asks is answered within one business day.',
      advice: 'Say who answers and how that is made sure; an automatic first answer is enough.',
    },
    'submission-system': {
      title: 'Manuscripts can be uploaded by authors one by one and by publishers in bulk.',
      advice: 'Say which ways there are, such as SWORD, with the address of the guide.',
    },
    'full-text-format': {
      title: 'Full texts are there as JATS or other XML of the community.',
      advice: 'Keep the XML that publishers give beside the PDF.',
    },
    'author-identifiers': {
      title: 'Authors have ORCID iDs.',
      advice: 'Connect deposit with ORCID, and export the iDs.',
    },
    'funder-identifiers': {
      title: 'Funders have identifiers of ROR or the Crossref Funder Registry.',
      advice: 'Choose funders from a list with identifiers, and export them.',
    },
    'institution-identifiers': {
      title: 'Institutions of authors have ROR ids.',
      advice: 'Export ROR ids with the affiliations.',
    },
    'open-citations': {
      title: 'References of articles are open; this node shows and exports them for all.',
      advice: 'Let the node read the full texts, or export the references with the metadata.',
    },
    'open-api': {
      title: 'An interface to the repository answers without a login.',
      advice: 'Open the OAI-PMH interface to everybody.',
    },
    'openaire-metadata': {
      title: 'Records have the mandatory fields of the OpenAIRE guidelines v4.',
      advice: 'The assessment by OpenAIRE tells which fields are missing.',
    },
    'authoritative-links': {
      title: 'Published works lead to their description at Crossref, DataCite or PubMed.',
      advice: 'Enter the DOI or the PubMed id at deposit.',
    },
    'quality-assurance': {
      title: 'A process compares deposits with authoritative metadata.',
      advice: 'Say how deposits are checked, by whom, and against which source.',
    },
  } satisfies Record<CriterionId, { title: string; advice: string }>,
};
