/** Bounds on a document. What passes one is refused with an `XmlError` of that bound's code. */
export interface XmlLimits {
  /** UTF-16 units of text. */
  length: number;
  /** Elements within elements. */
  depth: number;
  elements: number;
  /** Of one element. */
  attributes: number;
}

/** Wide enough for a page of thousands of records, small enough for a small machine. */
export const defaultXmlLimits: XmlLimits = {
  length: 64 * 1024 * 1024,
  depth: 100,
  elements: 1_000_000,
  attributes: 256,
};
