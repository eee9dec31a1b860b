export interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** Whether it goes on beyond the bound. */
  isCut: boolean;
}

/** The lines of a text that comes piece by piece, without their ends. Of one that is too long only the beginning is kept. */
export async function* linesOf(text: AsyncIterable<string>, longest: number): AsyncGenerator<Line> {
  let number = 1;
  let rest = '';
  let isCut = false;
  for await (const chunk of text) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const line = isCut ? rest : rest + chunk.slice(start, end);
      yield lineOf(number, line, isCut || line.length > longest, longest);
      number += 1;
      start = end + 1;
      rest = '';
      isCut = false;
    }
    if (isCut) continue;
    rest += chunk.slice(start);
    if (rest.length <= longest) continue;
    rest = rest.slice(0, longest);
    isCut = true;
  }
  if (rest !== '') yield lineOf(number, rest, isCut, longest);
}

function lineOf(number: number, line: string, isCut: boolean, longest: number): Line {
  const text = isCut ? line.slice(0, longest) : line;
  return { number, text: text.endsWith('\r') ? text.slice(0, -1) : text, isCut };
}
