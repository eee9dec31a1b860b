import { decodeHTMLStrict } from 'entities';

/**
 * Entity names and what they stand for, as saxes looks them up: XML's five as own properties, HTML's names by a
 * look-up in the standard's table. Repositories write `&eacute;` and `&nbsp;` into XML, which is an error in XML
 * without a DTD but leaves no doubt; no other entity can be defined.
 */
export function namedEntities(): Record<string, string> {
  return Object.assign(Object.create(htmlEntities) as Record<string, string>, {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
  });
}

/** Longest name in HTML's table is `CounterClockwiseContourIntegral`. */
const entityName = /^[A-Za-z][A-Za-z0-9]{1,31}$/;

const htmlEntities = new Proxy(Object.create(null) as Record<string, string>, {
  get(_target, name) {
    if (typeof name !== 'string' || !entityName.test(name)) return undefined;
    const reference = `&${name};`;
    const character = decodeHTMLStrict(reference);
    return character === reference ? undefined : character;
  },
});
