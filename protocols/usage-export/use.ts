/** What an export says of one use. */
export interface ExportedUse {
  /** Milliseconds since 1970. */
  time: number;
  kind: 'investigation' | 'request';
  /** Address of the page or file; or none, and the item is named in `names`. */
  url?: string;
  names: readonly string[];
  /** IP address, as far as it was kept. */
  address: string;
  /** What tells users at one address apart; undefined where nothing was kept. */
  agent: string | undefined;
}

/** Why an entry is no use that counts; the last two are no fault of it. */
export const exportRefusals = ['EXPORT_ROW_UNREADABLE', 'EXPORT_ROW_TIME', 'EXPORT_ROW_ADDRESS'] as const;
type ExportRefusal = (typeof exportRefusals)[number];
type NoUse = 'robot' | 'other';

export type ExportEntry = ExportedUse | ExportRefusal | NoUse;

/** A row of a table by its columns, or an object. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** Of a cell or a value, as text; the first where there are several. */
export function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'number' || typeof first === 'boolean') return String(first);
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}

/** Seconds since 1970 or a date with a time (UTC, where it names no zone), as milliseconds; NaN for anything else. */
export function timeOf(value: unknown): number {
  const text = textOf(value);
  if (text === undefined) return Number.NaN;
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return Number.NaN;
  const iso = text.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`);
}
