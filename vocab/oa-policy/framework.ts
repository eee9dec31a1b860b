/*
 * The elements of an open access policy, and what institutions say in each, as the article names them: "Towards An Open
 * Access Policy Framework: A Case Study of COAR" (LIBER Quarterly), section 4 and the legend of Annex 1.
 */

/** The columns of Annex 1, in its order. */
export const policyElements = [
  'versionArchiving',
  'contentIngest',
  'advocacy',
  'copyrightLicensing',
  'dataAccess',
  'embargo',
  'interoperability',
  'metadata',
  'quality',
  'preservation',
  'submission',
  'systemManagement',
  'version',
  'withdrawal',
] as const;
export type PolicyElement = (typeof policyElements)[number];

/** What each element is about, in English. */
export const elementLabels: Readonly<Record<PolicyElement, string>> = {
  versionArchiving: 'Version that is archived',
  contentIngest: 'Content that is taken',
  advocacy: 'Advocacy and promotion',
  copyrightLicensing: 'Copyright and licensing',
  dataAccess: 'Data access',
  embargo: 'Embargo',
  interoperability: 'Interoperability',
  metadata: 'Metadata',
  quality: 'Quality',
  preservation: 'Preservation',
  submission: 'Submission',
  systemManagement: 'System management',
  version: 'Versions',
  withdrawal: 'Withdrawal',
};

export interface PolicyCode {
  /** As the article writes it, such as `a1`. */
  code: string;
  /** English. */
  label: string;
}

/** What may be stated in each element; an institution may also state a policy in words of its own. */
export const policyCodes: Readonly<Record<PolicyElement, readonly PolicyCode[]>> = {
  versionArchiving: [
    { code: 'a1', label: "The author's final peer-reviewed version is archived" },
    { code: 'a2', label: 'The published edition (version of record) is archived' },
    { code: 'a3', label: 'Deposit no later than the publication date' },
    { code: 'a4', label: 'Deposit when the publisher permits' },
    { code: 'a5', label: 'Deposit no later than the time of acceptance' },
    { code: 'a6', label: 'Deposit by the end of an embargo that a policy permits' },
    { code: 'a7', label: 'Deposit as soon as possible' },
    { code: 'a8', label: 'A file format is recommended' },
    { code: 'a9', label: 'Deposit is mandatory' },
    { code: 'a10', label: 'Deposit is optional' },
  ],
  contentIngest: [{ code: 'b1', label: 'Texts and other kinds of content are taken' }],
  advocacy: [
    { code: 'c1', label: 'More than 200,000 items' },
    { code: 'c2', label: '100,001 to 200,000 items' },
    { code: 'c3', label: '50,001 to 100,000 items' },
    { code: 'c4', label: '20,001 to 50,000 items' },
    { code: 'c5', label: '10,001 to 20,000 items' },
    { code: 'c6', label: '5,001 to 10,000 items' },
    { code: 'c7', label: 'Up to 5,000 items' },
    { code: 'c8', label: 'Arranged by subject' },
    { code: 'c9', label: 'Arranged by department or unit' },
  ],
  copyrightLicensing: [
    { code: 'd1', label: 'The author keeps the key rights' },
    { code: 'd2', label: 'The institution or the funder keeps the key rights' },
    { code: 'd3', label: 'The author grants the key rights to the institution' },
    { code: 'd4', label: 'CC BY or equivalent' },
    { code: 'd5', label: 'An open licence is required, without saying which' },
    { code: 'd6', label: 'No licence for re-use is required' },
  ],
  dataAccess: [
    { code: 'e1', label: 'Open when the publisher permits' },
    { code: 'e2', label: 'Open by the end of an embargo that a policy permits' },
    { code: 'e3', label: 'Open as soon as the deposit is complete' },
    { code: 'e4', label: 'Some full texts are for registered users only' },
    { code: 'e5', label: 'Not all items have a full text' },
    { code: 'e6', label: 'The institution may limit access to content' },
  ],
  embargo: [
    { code: 'f1', label: 'Within 6 months after publication (science, technology, medicine)' },
    { code: 'f2', label: 'Within 6 months after publication (humanities, social sciences)' },
    { code: 'f3', label: '12 months (science, technology, medicine)' },
    { code: 'f4', label: '12 months (humanities, social sciences)' },
    { code: 'f5', label: '12 months for all subjects' },
    { code: 'f6', label: '24 months (science, technology, medicine)' },
  ],
  interoperability: [{ code: 'g1', label: 'OAI-PMH is supported' }],
  metadata: [
    { code: 'h1', label: 'Metadata may be re-used for purposes that are not for profit' },
    { code: 'h2', label: 'Dublin Core is used' },
    { code: 'h3', label: 'Metadata are given by those who may deposit' },
    { code: 'h4', label: 'Metadata are completed or edited by library staff' },
  ],
  quality: [
    { code: 'I2', label: 'Pre-prints and post-prints lie in separate repositories' },
    { code: 'I3', label: 'Deposits are reviewed' },
  ],
  preservation: [
    { code: 'j1', label: 'Files are migrated to new formats' },
    { code: 'j2', label: 'Software is emulated' },
    { code: 'j3', label: 'Files are backed up by current best practice' },
    { code: 'j4', label: 'The database would be transferred to another archive' },
  ],
  submission: [
    { code: 'k1', label: 'By accredited members or their delegates' },
    { code: 'k2', label: "Publishers' and funders' embargoes are respected" },
    { code: 'k3', label: 'Files are migrated to a recommended format' },
  ],
  systemManagement: [
    { code: 'L1', label: 'By the library' },
    { code: 'L2', label: 'By departments or units' },
  ],
  version: [
    { code: 'm1', label: 'Errata and corrigenda are listed with the original record' },
    { code: 'm2', label: 'An updated version may be deposited' },
  ],
  withdrawal: [{ code: 'n1', label: 'Reasons for withdrawal are stated' }],
};

/** The element that a code belongs to; undefined for none of the framework's. */
export function elementOfCode(code: string): PolicyElement | undefined {
  return policyElements.find((element) => policyCodes[element].some((one) => one.code === code));
}
