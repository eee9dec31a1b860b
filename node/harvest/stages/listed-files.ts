import { eachRecord } from './stage.ts';

/**
 * Files that the source itself tells of, beside those that the metadata name (`rel="describes"` and `describedby` of
 * ResourceSync): each once, with what either tells of it. The record's access right holds for them, too.
 */
export const listedFiles = eachRecord('listed-files', ({ item, record }) => {
  const files = new Map(record.files.map((file) => [file.url, file]));
  const access = record.access?.right ?? 'open';
  for (const listed of item.files ?? [])
    files.set(listed.url, { ...listed, access, ...files.get(listed.url) });
  record.files = [...files.values()];
});
