/** Where a work was published, in one line, after the custom of three kinds of repository software. */
import { type Copy, creators, title } from './copy.ts';
import type { Manner } from './tables.ts';

/** The line, or nothing where there is nothing to say or the repository does not say it. */
export function citation(copy: Copy): string | undefined {
  const line = styled(copy);
  const doi = copy.manner.doi.find((place) => place.startsWith('citation: '));
  if (line === undefined || doi === undefined || copy.work.doi === undefined) return line;
  return `${line}. ${doi.slice('citation: '.length).replace('10…', copy.work.doi)}`;
}

function styled(copy: Copy): string | undefined {
  const styles: Record<Manner['citation'], (copy: Copy) => string | undefined> = {
    'source: Journal, 1(2), 3-4': spanish,
    'source: Journal 1 (2000), 2, S. 3-4': german,
    'identifier: EPrints citation': eprints,
    'left out': () => undefined,
  };
  return styles[copy.manner.citation](copy);
}

function spanish({ work: { source } }: Copy): string | undefined {
  if (source === undefined) return undefined;
  const issue = source.issue === undefined ? '' : `(${source.issue})`;
  const number = `${source.volume ?? ''}${issue}`;
  return [source.title, number, source.pages].filter(Boolean).join(', ');
}

function german({ work: { source, date } }: Copy): string | undefined {
  if (source === undefined) return undefined;
  const volume =
    source.volume === undefined ? `(${date.slice(0, 4)})` : `${source.volume} (${date.slice(0, 4)})`;
  const pages = source.pages === undefined ? '' : `S. ${source.pages}`;
  return [`${source.title} ${volume}`, source.issue, pages].filter(Boolean).join(', ');
}

function eprints(copy: Copy): string {
  const { source, publisher, place, date } = copy.work;
  const names = creators(copy);
  const last = names.pop() ?? '';
  const authors = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  const issue = source?.issue === undefined ? '' : ` (${source.issue})`;
  const volume = source?.volume === undefined ? issue.trim() : `${source.volume}${issue}`;
  return [
    `${authors} (${date.slice(0, 4)}) ${title(copy)}`,
    [source?.title, volume].filter(Boolean).join(', '),
    source?.pages === undefined ? '' : `pp. ${source.pages}`,
    [publisher, place].filter(Boolean).join(', '),
    source?.issn === undefined ? '' : `ISSN ${source.issn}`,
  ]
    .filter(Boolean)
    .join('. ')
    .replace('?. ', '? ');
}
