/**
 * A name that people can read for a set that is named in hexadecimal digits only, as EPrints names its sets: field and
 * value, those of sets above it before. `undefined` where the digits are no text, or the set is named otherwise.
 *
 * ```ts
 * nameOfHexSet('7375626A656374733D48:4845'); // 'subjects = H: HE'
 * ```
 *
 * @param spec a setSpec (OAI-PMH 2.0, section 2.6)
 */
export function nameOfHexSet(spec: string): string | undefined {
  const parts = spec.split(':').map(textOfHex);
  const [first = ''] = parts;
  const [, field, value] = /^([a-z][a-z\d_]{1,50})=(.*)$/s.exec(first) ?? [];
  if (field === undefined || value === undefined || parts.includes(undefined)) return undefined;
  return `${field} = ${[value, ...parts.slice(1)].join(': ')}`;
}

function textOfHex(digits: string): string | undefined {
  if (!/^(?:[\dA-F]{2})+$/i.test(digits)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(digits, 'hex'));
    return /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
