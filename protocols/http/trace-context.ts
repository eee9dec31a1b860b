/** What a caller says of the trace that its request belongs to. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** Of the caller's part of it: 16 hexadecimal digits. */
  spanId: string;
  /** Bit 0: the caller records it. */
  flags: number;
}

const LONGEST = 256;
const TRACE_PARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads the header `traceparent` (W3C Trace Context, "Traceparent Header"). Of versions to come what this one knows of is read ("Versioning of
 * traceparent").
 *
 * @returns undefined for what is none
 */
export function readTraceParent(header: string | undefined): TraceParent | undefined {
  if (header === undefined || header.length > LONGEST) return undefined;
  const [, version, traceId, spanId, flags, more] = TRACE_PARENT.exec(header.trim()) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === '00' && more !== undefined) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
