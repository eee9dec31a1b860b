import { createRequire } from 'node:module';
import type { AbstractLevel } from 'abstract-level';
import { systemClock } from '../../../node/clock.ts';
import { postgresAddress, PostgresLevel } from '../../../node/store/postgres/index.ts';
import { postgresFor, type PostgresServer } from '../../support/postgres-server.ts';
import { tapeInMocha } from './tape.ts';

type Suite = (options: {
  test: typeof tapeInMocha;
  internals: object;
  factory: (options?: { keyEncoding?: string; valueEncoding?: string }) => AbstractLevel<string>;
}) => void;

const contract = createRequire(import.meta.url)('abstract-level/test/index.js') as Suite;

describe('a database of abstract-level on PostgreSQL', () => {
  let server: PostgresServer;
  let made = 0;
  before(async function () {
    server = await postgresFor(this);
  });

  contract({
    test: tapeInMocha,
    // It would run all once more on a section, and leave each database open; sections are what all other tests use.
    internals: new Proxy({}, { get: () => true }),
    factory: (options = {}) => {
      // One is made before there is a server, to see what it can.
      const url = server?.urlOf(`contract ${(made += 1)}`) ?? 'postgres://localhost';
      const address = postgresAddress(url);
      return new PostgresLevel(
        { address, name: 'contract', clock: systemClock, snapshots: 120 },
        options,
      ) as unknown as AbstractLevel<string>;
    },
  });
});
