/**
 * A function of a text whose results are kept: metadata repeats the same types, languages and licences by the thousand.
 * The oldest results are forgotten. The function must depend on nothing but the text.
 */
export function remembered<T>(compute: (text: string) => T, most = 2000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const result = known.get(text);
    if (result !== undefined || known.has(text)) return result as T;
    // Long texts do not repeat.
    if (text.length > 200) return compute(text);
    const computed = compute(text);
    if (known.size >= most) {
      const [oldest] = known.keys();
      known.delete(oldest!);
    }
    // A copy of the key: V8 keeps the whole page alive for a slice of it.
    known.set(Buffer.from(text).toString(), computed);
    return computed;
  };
}
