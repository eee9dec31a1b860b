import {
  type ListRecordsOptions,
  OaiError,
  type OaiPmhClient,
  OaiProtocolError,
  type OaiRecord,
} from '../../../../protocols/oai-pmh/index.ts';

/** So many records are fetched alone. */
const MOST_RECORDS = 5_000;
/** After so many failures in a row it is not the records. */
const MOST_FAILURES = 20;
const BATCH = 50;

/** Some records of a list, and those that the repository cannot give out. */
export interface FetchedAlone {
  records: OaiRecord[];
  failing: { identifier: string; error: OaiError | OaiProtocolError }[];
}

/**
 * The records of a list that cannot be read: their identifiers by ListIdentifiers, which needs no metadata, and each record
 * by GetRecord.
 *
 * @throws OaiError, OaiProtocolError where that list cannot be read either, is too long for it, or nothing comes of it
 */
export async function* oneByOne(
  client: OaiPmhClient,
  list: ListRecordsOptions & { metadataPrefix: string },
): AsyncGenerator<FetchedAlone, void, undefined> {
  let fetched = 0;
  let failures = 0;
  let batch: FetchedAlone = { records: [], failing: [] };
  for await (const { records } of client.listIdentifiers(list)) {
    for (const { header } of records) {
      fetched += 1;
      if (fetched > MOST_RECORDS) {
        throw new OaiError(
          'OAI_TOO_LARGE',
          `More than ${MOST_RECORDS} records would have to be fetched one by one`,
        );
      }
      try {
        const record = header.deleted
          ? { header }
          : await client.getRecord(header.identifier, list.metadataPrefix);
        batch.records.push(record);
        failures = 0;
      } catch (error) {
        if (!(error instanceof OaiError || error instanceof OaiProtocolError)) throw error;
        failures += 1;
        if (failures === MOST_FAILURES) throw error;
        batch.failing.push({ identifier: header.identifier, error });
      }
      if (batch.records.length + batch.failing.length < BATCH) continue;
      yield batch;
      batch = { records: [], failing: [] };
    }
  }
  yield batch;
}
