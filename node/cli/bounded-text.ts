import { CliError } from './errors.ts';

/** The body of an answer as text. It is given up once it is longer than `maxBytes`. */
export async function readBoundedText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) {
      throw new CliError(
        'ANSWER_TOO_LARGE',
        `The answer of ${response.url} is longer than ${maxBytes} bytes.`,
        {
          remedy: 'Ask for less, for example with --limit.',
        },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
