/** What exists at the site that is tested, and addresses are made of. */
export interface Known {
  key: string;
  /** Another record's. */
  other: string;
  work: string;
  notification: string;
  node: string;
  stylesheet: string;
  /** Names of parts: of a resource list, a change list, a resource dump and a change dump. */
  parts: Readonly<Record<'resourcelist' | 'changelist' | 'resourcedump' | 'changedump', string>>;
}

/**
 * How an answer tells what is wrong: a problem document (RFC 9457), `error` elements of OAI-PMH with status 200 (section
 * 3.6), or plain text (WebSub, section 5.1.2).
 */
export type Form = 'problem' | 'oai-pmh' | 'text';

export interface Parameter {
  /** A value that is taken. */
  good: string;
  /** Values of the wrong type, from a later version, or of nowhere: refused. */
  bad?: readonly string[];
  /** Any text will do: it names something, or finds nothing. */
  isText?: true;
  /** An empty one counts as not there: forms send such. */
  mayBeEmpty?: true;
  isRequired?: true;
  /** It may be there several times. */
  isRepeatable?: true;
}

export interface Body {
  type: string;
  good: string;
  /** Bodies of the right type that are refused, with the status. */
  bad: readonly (readonly [body: string, status: number])[];
  /** Bytes that are too many. */
  tooMany: number;
  /** Without a type it is read as it is. */
  anyType?: true;
  /** Other types that are read, too, in their own way. */
  alsoTypes?: readonly string[];
}

/** One route of the node, and all that can be said to it. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the router has it. */
  pattern: string;
  path: (known: Known) => string;
  query?: Readonly<Record<string, Parameter>>;
  /** Whether parameters that it does not know are refused. */
  isStrict?: true;
  /** Where parts of its path may be anything: what an unknown one is answered with. */
  unknown?: readonly number[];
  /** Formats that are chosen by `Accept`. */
  isNegotiated?: true;
  /** Ranges of its bytes can be had. */
  hasRanges?: true;
  form?: Form;
  body?: Body;
  /** Takes its time: less is tried. */
  isCostly?: true;
  /** Needs the manager's token. */
  isManagers?: true;
  /** What the good address is answered with. */
  status?: number;
}
