import { element, raw } from '../xml/index.ts';

/** Elements within another; nothing where there are none. */
export function wrapped(name: string, elements: readonly string[]): string {
  const markup = elements.join('');
  return markup === '' ? '' : element(name, {}, raw(markup));
}
