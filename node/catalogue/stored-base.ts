import type { Section } from '../store/index.ts';
import { metaKey } from './layout.ts';

/** The base URL under which the catalogue's own records lie, where there is one already. */
export async function storedBase(section: Section): Promise<string | undefined> {
  const bytes = await section.get(metaKey('base'));
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}
