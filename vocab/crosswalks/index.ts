/** The ways between metadata formats and our records. A format is added by one file and one line in one of the lists. */
import type { XmlElement } from '../xml/index.ts';
import { CrosswalkChoice, type OfferedFormat } from './choose.ts';
import type { FieldCrosswalk, XmlCrosswalk } from './crosswalk.ts';
import { bibtex, cslJson, ris } from './csl-json.ts';
import { datacite, dataciteJson, oaiDatacite, oaiOpenaire } from './datacite/index.ts';
import { dim, xoai } from './dspace/index.ts';
import { jats } from './jats/index.ts';
import { mods } from './mods/index.ts';
import { ngrJsonLd } from './ngr-jsonld.ts';
import { oaiDc } from './oai-dc.ts';
import { qdc } from './qdc.ts';
import { rioxx2, rioxx3 } from './rioxx/index.ts';
import { table } from './table.ts';

export type { OfferedFormat } from './choose.ts';
export type {
  CrosswalkResult,
  CrosswalkRow,
  CrosswalkTable,
  FieldCrosswalk,
  FormatAliases,
  JsonObject,
  Writing,
  XmlCrosswalk,
} from './crosswalk.ts';
export { cslTypes } from './csl-json-read.ts';
export { isObject, objectsOf, textOf, textsOf } from './json-values.ts';
export { oaiDc, oaiDcRows } from './oai-dc.ts';
export { TableCells } from './table-cells.ts';
export { columnNamed } from './table-columns.ts';

/** Best first: a source that offers several of these formats is best read in the first of them. */
export const crosswalks: readonly XmlCrosswalk[] = [
  oaiOpenaire,
  rioxx3,
  rioxx2,
  oaiDatacite,
  datacite,
  jats,
  mods,
  xoai,
  dim,
  qdc,
  oaiDc,
];

const choice = new CrosswalkChoice(crosswalks);

/** What is no XML. */
export const fieldCrosswalks: readonly FieldCrosswalk[] = [
  ngrJsonLd,
  dataciteJson,
  cslJson,
  bibtex,
  ris,
  table,
];

/** The crosswalk for a metadata prefix of ours. */
export function crosswalkFor(prefix: string): XmlCrosswalk | undefined {
  return crosswalks.find((crosswalk) => crosswalk.prefix === prefix);
}

/** The crosswalk for what is no XML, by the format's name. */
export function fieldCrosswalkFor(format: string): FieldCrosswalk | undefined {
  return fieldCrosswalks.find((crosswalk) => crosswalk.format === format);
}

/** Of the formats that a source offers, the one that says most, with what reads it. */
export function bestCrosswalk<F extends OfferedFormat>(
  offered: readonly F[],
): { format: F; crosswalk: XmlCrosswalk } | undefined {
  return choice.best(offered);
}

/** The crosswalk for a metadata record, and the prefix it was asked for by. */
export function crosswalkOf(element: XmlElement, prefix: string): XmlCrosswalk | undefined {
  return choice.forElement(element, prefix);
}
