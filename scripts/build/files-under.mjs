import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file in a folder and the folders in it, as a path that starts with the folder's. */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
