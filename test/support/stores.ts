import { postgresFor } from './postgres-server.ts';

/** Leads from a test's folder to its store. */
type PlaceOf = (directory: string) => string;

const inTheFolder: PlaceOf = (directory) => directory;
let placeOf = inTheFolder;

/** Where a test with a folder of its own has its store: in the folder, or in a database where its suite is run on one. */
export function storeIn(directory: string): string {
  return placeOf(directory);
}

/** How many runs of a property there are time for: a database takes a tenth of a second to be made. */
export function runs(onDisk: number): number {
  return placeOf === inTheFolder ? onDisk : Math.ceil(onDisk / 5);
}

/**
 * A suite that is run twice: on the embedded store, and on PostgreSQL where that is installed. Its tests open their stores
 * where `storeIn` says, as `aCatalogue` does.
 */
export function describeOnEachStore(title: string, tests: (this: Mocha.Suite) => void): void {
  describe(`${title} (LevelDB)`, tests);
  describeOnPostgres(`${title} (PostgreSQL)`, tests);
}

/** A suite of what is there with PostgreSQL only. */
export function describeOnPostgres(title: string, tests: (this: Mocha.Suite) => void): void {
  describe(title, function () {
    before(async function () {
      const server = await postgresFor(this);
      placeOf = (directory) => server.urlOf(directory);
    });
    after(() => {
      placeOf = inTheFolder;
    });
    tests.call(this);
  });
}
