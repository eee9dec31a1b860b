import type { XmlAttributes } from '../xml/index.ts';

/**
 * The attributes of the root element of what is written: the namespaces by their prefixes, the format's own among them
 * (the empty prefix stands for the default), and where its schema is (XML Schema Part 1, section 4.3.2).
 */
export function rootAttributes(
  namespaces: Readonly<Record<string, string>>,
  { namespace, schema }: { namespace: string; schema: string },
): XmlAttributes {
  const declared = Object.entries(namespaces).map(([prefix, address]) => [
    prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
    address,
  ]);
  return {
    ...(Object.fromEntries(declared) as Record<string, string>),
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${namespace} ${schema}`,
  };
}
