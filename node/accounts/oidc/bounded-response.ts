/** More than any document or token of a provider has. */
const MOST_BYTES = 256 * 1024;

/** An answer whose body is read to its end, at most so far. @throws RangeError where it is longer */
export async function boundedResponse(response: Response): Promise<Response> {
  const { status, statusText, headers, body } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError(`The answer has more than ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const hasBody = body !== null && status !== 204 && status !== 304;
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status, statusText, headers });
}
