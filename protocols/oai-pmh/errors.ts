import { NgrError } from '../../vocab/errors.ts';

/**
 * Why an OAI-PMH source could not be read further. Those of the protocol itself are `OaiProtocolError`.
 *
 * - `OAI_UNREACHABLE`: no answer (name, connection, certificate, broken off), after all retries.
 * - `OAI_TIMEOUT`: no answer in time, after all retries.
 * - `OAI_HTTP_STATUS`: an HTTP status other than success, after all retries where it may pass.
 * - `OAI_RETRY_LATER`: the source asks for a longer pause than one run waits.
 * - `OAI_TOO_LARGE`: the answer passes the limit of bytes.
 * - `OAI_EMPTY`: an answer without a body.
 * - `OAI_NOT_XML`: HTML or other text.
 * - `OAI_NOT_OAI`: XML, but no OAI-PMH answer, or an answer to another verb.
 * - `OAI_UNREADABLE`: broken XML in which no record could be found.
 * - `OAI_TRUNCATED`: the answer stops before its end.
 * - `OAI_TOKEN_LOOP`: a resumption token that was used before.
 */
export type OaiErrorCode =
  | 'OAI_UNREACHABLE'
  | 'OAI_TIMEOUT'
  | 'OAI_HTTP_STATUS'
  | 'OAI_RETRY_LATER'
  | 'OAI_TOO_LARGE'
  | 'OAI_EMPTY'
  | 'OAI_NOT_XML'
  | 'OAI_NOT_OAI'
  | 'OAI_UNREADABLE'
  | 'OAI_TRUNCATED'
  | 'OAI_TOKEN_LOOP';

const remedies: Record<OaiErrorCode, string> = {
  OAI_UNREACHABLE: 'Check the address of the repository and that this machine reaches it.',
  OAI_TIMEOUT: 'The repository is slow: try at a quieter hour, or raise the time limit.',
  OAI_HTTP_STATUS:
    "Open the address in a browser; ask the repository's administrator when it fails there too.",
  OAI_RETRY_LATER: 'Harvest again after the pause that the repository asks for; it goes on where it stopped.',
  OAI_TOO_LARGE: 'Raise the limit of bytes for a page, or have the repository send smaller pages.',
  OAI_EMPTY: 'Open the address in a browser; an empty answer is an error in the repository.',
  OAI_NOT_XML: 'Check the base URL: it must lead to the OAI-PMH interface, not to a web page or a log-in.',
  OAI_NOT_OAI: 'Check the base URL: it must lead to an OAI-PMH 2.0 interface.',
  OAI_UNREADABLE: "Have the repository's administrator mend its XML; a validator shows the place.",
  OAI_TRUNCATED:
    'Harvest again; it goes on where it stopped. If the page is cut every time, ask for smaller pages.',
  OAI_TOKEN_LOOP:
    'The repository repeats its pages: harvest in smaller ranges of dates, and report it there.',
};

/** A source that cannot be read further. */
export class OaiError extends NgrError {
  declare readonly code: OaiErrorCode;

  constructor(
    code: OaiErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    // A refusal by the outbound guard knows its remedy better.
    const { cause } = options;
    const remedy = cause instanceof NgrError && code === 'OAI_UNREACHABLE' ? cause.remedy : undefined;
    super(code, message, { remedy: remedy ?? remedies[code], ...options });
  }
}

/** Error and exception conditions of OAI-PMH 2.0, section 3.6. */
export const oaiErrorConditions = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
] as const;

export type OaiErrorCondition = (typeof oaiErrorConditions)[number];

/** One `error` element. Sources also send conditions that the protocol does not have. */
export interface OaiFault {
  condition: OaiErrorCondition | (string & {});
  message: string;
}

/**
 * The source answered with an OAI-PMH error. `code` is the condition in our manner:
 * `badResumptionToken` is `OAI_BAD_RESUMPTION_TOKEN`; a condition unknown to the protocol is `OAI_FAULT`.
 */
export class OaiProtocolError extends NgrError {
  readonly faults: readonly OaiFault[];

  constructor(faults: readonly OaiFault[], where: string) {
    const [first] = faults;
    const condition = first?.condition ?? '';
    super(
      codeOf(condition),
      `${where}: ${faults.map((fault) => `${fault.condition} (${fault.message || 'no message'})`).join(', ')}`,
      { remedy: remedyOf(condition), details: { faults } },
    );
    this.faults = faults;
  }

  has(condition: OaiErrorCondition): boolean {
    return this.faults.some((fault) => fault.condition === condition);
  }
}

function codeOf(condition: string): string {
  const known: readonly string[] = oaiErrorConditions;
  if (!known.includes(condition)) return 'OAI_FAULT';
  return `OAI_${condition.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function remedyOf(condition: string): string {
  switch (condition) {
    case 'badResumptionToken':
      return 'The token has expired: harvest again from the date of the last record received.';
    case 'cannotDisseminateFormat':
      return 'Choose a metadata format that the repository lists (verb ListMetadataFormats).';
    case 'noSetHierarchy':
      return 'The repository has no sets: harvest without one.';
    default:
      return "Ask the repository's administrator, with this message.";
  }
}
