/** Percent-encoded texts that no parameter has a use for, and that have to do no harm. */
export const STRANGE: Readonly<Record<string, string>> = {
  NUL: '%00',
  'control characters': 'a%01%1Bb',
  'a line end': 'a%0D%0ASet-Cookie:%20a=b',
  'half an escape': '%',
  'an escape that is none': '%ZZ',
  'bytes that are no UTF-8': '%E0%A4%A',
  'a lone surrogate': '%ED%A0%80',
  'an overlong slash': '%C0%AF',
  'a text in another direction': '%E2%80%AEtxt',
  'a character beyond the first plane': '%F0%9F%93%9A',
  markup: '%3Cscript%3Ealert(1)%3C/script%3E',
  'a path upwards': '..%2F..%2Fetc%2Fpasswd',
  'a name of every object': '__proto__',
  'a number beyond all': '1e999',
};

/** Within what an address may have, and beyond what a parameter may. */
export const LONG = 'x'.repeat(7_000);
/** Beyond what an address may have (RFC 9110, section 15.5.15). */
export const TOO_LONG = 'x'.repeat(9_000);
/** Beyond what the head of a request may have (RFC 6585, section 5). */
export const HUGE = 'x'.repeat(100_000);

/** Headers that say nothing that could be understood: they are as good as not there (RFC 9110, section 5.5). */
export const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'if-none-match': 'garbage' },
  { 'if-none-match': '"' },
  { 'if-none-match': `"${'x'.repeat(8_000)}"` },
  { 'if-none-match': 'W/"of another time"' },
  { 'if-modified-since': 'yesterday' },
  { 'if-modified-since': 'Thu, 99 Foo 2026 25:61:61 GMT' },
  { range: 'bytes=abc' },
  { range: 'bytes=9-1' },
  { range: 'lines=1-2' },
  { range: `bytes=${'0-1,'.repeat(1_000)}0-1` },
  { 'if-range': '"of another time"', range: 'bytes=0-0' },
  { 'accept-language': `${'x-'.repeat(3_000)}y;q=nine` },
  { 'accept-encoding': 'snappy;q=eleven, ,;;=' },
  { 'content-type': ';;;=' },
  { 'x-forwarded-for': 'unknown, 999.999.999.999' },
  { 'user-agent': '' },
  { cookie: 'a'.repeat(4_000) },
  { forwarded: 'for="_nobody' },
];
