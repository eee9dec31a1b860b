/** How terms of the context are defined (JSON-LD 1.1, section 9.15.1). */

/** A context as the JSON-LD library takes it: terms to IRIs, keywords or expanded term definitions. */
export interface Context {
  readonly [term: string]: string | number | boolean | null | Context;
}

export const link = (id: string): Context => ({ '@id': id, '@type': '@id' });
export const links = (id: string): Context => ({ '@id': id, '@type': '@id', '@container': '@set' });
export const set = (id: string, within?: Context): Context =>
  within === undefined
    ? { '@id': id, '@container': '@set' }
    : { '@id': id, '@container': '@set', '@context': within };
export const literalOf = (id: string, datatype: string): Context => ({ '@id': id, '@type': datatype });
