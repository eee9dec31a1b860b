const DIGITS = 12;

/** A non-negative integer as 12 hex digits: text order is number order, up to 2^48. */
export function numberKey(n: number): string {
  return n.toString(16).padStart(DIGITS, '0');
}

export function numberOfKey(key: string): number {
  return Number.parseInt(key, 16);
}
