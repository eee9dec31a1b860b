/** One use of an item, as a server saw it. */
export interface UsageEvent {
  /** The key of the record. */
  key: string;
  /** COUNTER 5.1 §3.3.4: the item's page was seen (investigation), or its content (request). */
  kind: 'investigation' | 'request';
  /** Milliseconds since 1970. */
  time: number;
  /** IP address of the user, to find double clicks and sessions by; hashed at once, never kept or logged. */
  address: string;
  /** As the address. */
  userAgent: string;
}
