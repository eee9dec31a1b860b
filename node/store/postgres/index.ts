export { inSchema, isPostgresUrl, postgresAddress, type PostgresAddress } from './address.ts';
export { PostgresLevel } from './database.ts';
export { LEASE_SECONDS, type Announced, type Holder, type LeaseTimes } from './lease.ts';
export { lookIntoPostgres, openPostgres, openPostgresToRead } from './open.ts';
