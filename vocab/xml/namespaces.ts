/** Namespace URIs by prefix; the empty prefix is the default namespace. */
export type NamespaceBindings = ReadonlyMap<string, string>;

/** The prefix `xml` needs no declaration (Namespaces in XML 1.0, section 3). */
export const xmlNamespaces: NamespaceBindings = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** The bindings in force within an element that has these attributes. */
export function withDeclarations(
  outer: NamespaceBindings,
  attributes: Readonly<Record<string, string>>,
): NamespaceBindings {
  let bindings: Map<string, string> | undefined;
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    bindings ??= new Map(outer);
    bindings.set(name.slice('xmlns:'.length), attributes[name]!.trim());
  }
  return bindings ?? outer;
}
