import { NgrError } from '../errors.ts';

/**
 * Why a document could not be read as XML.
 *
 * - `XML_NOT_WELL_FORMED`: it breaks a rule of XML 1.0.
 * - `XML_DOCTYPE`: it has a document type declaration, the door to entity bombs and outside files.
 * - `XML_TOO_LARGE`, `XML_TOO_DEEP`, `XML_TOO_MANY_ELEMENTS`, `XML_TOO_MANY_ATTRIBUTES`: it passes a bound of `XmlLimits`.
 */
export type XmlErrorCode =
  | 'XML_NOT_WELL_FORMED'
  | 'XML_DOCTYPE'
  | 'XML_TOO_LARGE'
  | 'XML_TOO_DEEP'
  | 'XML_TOO_MANY_ELEMENTS'
  | 'XML_TOO_MANY_ATTRIBUTES';

/** Where in the text reading stopped. */
export interface XmlPosition {
  /** Counted from 1. */
  line: number;
  /** Characters since the start of the line, counted from 1. */
  column: number;
  /** Index into the text that was read. */
  offset: number;
}

/** The text is not XML that we read. Thrown by `readXml`. */
export class XmlError extends NgrError {
  declare readonly code: XmlErrorCode;
  readonly position: XmlPosition;

  constructor(code: XmlErrorCode, what: string, position: XmlPosition, remedy: string) {
    super(code, `${what} (line ${position.line}, column ${position.column})`, {
      remedy,
      details: { ...position },
    });
    this.position = position;
  }
}
