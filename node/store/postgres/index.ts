export { inSchema, isPostgresUrl, postgresAddress, type PostgresAddress } from './address.ts';
export { PostgresLevel } from './database.ts';
export type { Announced, Holder, LeaseTimes } from './lease.ts';
export { lookIntoPostgres, openPostgres, openPostgresToRead } from './open.ts';
