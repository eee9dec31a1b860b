/**
 * The text of a document, piece by piece. Sitemaps are UTF-8 (Sitemap protocol); UTF-16 shows itself by its zero bytes or
 * its mark. White space before the document, which XML forbids but some scripts send, is left out.
 */
export async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let begun = false;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text: string = decoder.decode(chunk, { stream: true });
    const told: string = begun ? text : text.trimStart();
    begun ||= told !== '';
    if (told !== '') yield told;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  return 'utf-8';
}
