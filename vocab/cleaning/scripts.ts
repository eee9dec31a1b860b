const superscripts = new Map(
  Array.from('0123456789+-−=()ni', (plain, i) => [plain, Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ')[i]!]),
);
const subscripts = new Map(
  Array.from('0123456789+-−=()', (plain, i) => [plain, Array.from('₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎')[i]!]),
);

/** Raised characters, as Unicode has them: digits, signs, n and i; `undefined` where one of them is missing. */
export function superscript(text: string): string | undefined {
  return translated(text, superscripts);
}

/** Lowered characters: digits and signs. */
export function subscript(text: string): string | undefined {
  return translated(text, subscripts);
}

function translated(text: string, table: ReadonlyMap<string, string>): string | undefined {
  if (text.length > 20) return undefined;
  let result = '';
  for (const character of text) {
    const other = table.get(character);
    if (other === undefined) return undefined;
    result += other;
  }
  return result;
}
