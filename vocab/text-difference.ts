/**
 * Two versions of a text, each cut to a width so that the first place where they differ is in view in both. What is cut off
 * is shown by “…”; a text is at most two characters longer than the width.
 *
 * @param width in characters (code points)
 */
export function aroundDifference(
  before: string,
  after: string,
  width: number,
): { before: string; after: string } {
  const [old, now] = [Array.from(before), Array.from(after)];
  if (old.length <= width && now.length <= width) return { before, after };
  let same = 0;
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same += 1;
  // A little of what stands before tells where in the text it is.
  const start = same <= width / 2 || after === '' ? 0 : same - Math.floor(width / 3);
  return { before: cut(old, start, width), after: cut(now, start, width) };
}

function cut(text: readonly string[], start: number, width: number): string {
  const end = start + width;
  const part = text.slice(start, end).join('');
  return `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`;
}
