/** As much of `fetch` as senders need; it gives redirects of a POST back as they are, and others where that is asked for. */
export type RequestFetch = (address: string, init?: RequestInit) => Promise<Response>;

/** What a request to another's machine may take. */
export interface RequestOptions {
  fetch: RequestFetch;
  /** Milliseconds for the answer as a whole. */
  within: number;
  signal?: AbortSignal;
}

/** Makes a request that ends in time, whatever the other side does; what is not read of the answer is not fetched. */
export async function request<T>(
  address: string,
  init: RequestInit,
  { fetch, within, signal }: RequestOptions,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const signals = [AbortSignal.timeout(within), ...(signal === undefined ? [] : [signal])];
  const response = await fetch(address, { ...init, signal: AbortSignal.any(signals) });
  try {
    return await read(response);
  } finally {
    if (response.body?.locked !== true) await response.body?.cancel();
  }
}

/** The text of a body, or of its first `bytes`: the rest is not fetched. */
export async function textOf(response: Response, bytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    size += piece.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(pieces).subarray(0, bytes).toString();
}
