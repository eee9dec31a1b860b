import type { Section } from '../../../node/store/index.ts';

/** Lets the batches of a section fail as long as `fails` says so, as on a full disk. */
export async function failingDisk(section: Section, fails: () => boolean): Promise<Section> {
  await section.open();
  const { db } = section;
  Object.defineProperty(section, 'db', {
    value: {
      batch: () => {
        const batch = db.batch();
        if (fails()) batch.write = () => batch.close().then(() => Promise.reject(new Error('ENOSPC')));
        return batch;
      },
    },
  });
  return section;
}
