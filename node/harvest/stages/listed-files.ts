import { eachRecord } from './stage.ts';

/**
 * Files that the source itself tells of, beside those that the metadata name (`rel="describes"` and `describedby` of
 * ResourceSync): each once, with what either tells of it. The record's access right holds for them, too.
 */
export const listedFiles = eachRecord('listed-files', ({ item, record }) => {
  for (const listed of item.files ?? []) {
    const known = record.files.find(({ url }) => url === listed.url);
    if (known === undefined) record.files.push({ ...listed, access: record.access?.right ?? 'open' });
    else Object.assign(known, { ...listed, ...known });
  }
});
