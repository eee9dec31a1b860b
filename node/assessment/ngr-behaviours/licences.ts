import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { linksIn, type Visitor } from '../visitor.ts';
import { ownRecords, type SeenRecord } from './own-records.ts';

/** A reader who picks a record at random is to find a licence more often than not. */
const ENOUGH = 0.5;

type Licensed = SeenRecord & { licence: string };

async function licensed(
  visitor: Visitor,
): Promise<{ address: string; of: number; records: readonly Licensed[] }> {
  const { address, records } = await ownRecords(visitor);
  return {
    address,
    of: records.length,
    records: records.filter((record): record is Licensed => typeof record.licence === 'string'),
  };
}

/** Most records name their licence by its address. */
export const namesLicences: Check = async (visitor) => {
  const { address, of, records } = await licensed(visitor);
  const share = { kind: 'share', address, what: 'licence', count: records.length, of } as const;
  if (records.length / of < ENOUGH) throw new CheckFailed(share);
  return [share];
};

/** A landing page links to the same licence as the record names (FAIR Signposting, `license`). */
export const linksLicence: Check = async (visitor) => {
  const [record] = (await licensed(visitor)).records;
  if (record === undefined) throw new NotApplicable('no-licences');
  const page = await visitor.get(record.id, 'text/html');
  const [{ href }] = linksIn(page, 'license');
  if (href !== new URL(record.licence).href) {
    throw new CheckFailed(
      { kind: 'link', address: page.address, rel: 'license', href },
      { kind: 'lacks', address: page.address, what: `license: ${record.licence}` },
    );
  }
  return [{ kind: 'link', address: page.address, rel: 'license', href }];
};
