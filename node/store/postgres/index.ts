export { inSchema, isPostgresUrl, postgresAddress, type PostgresAddress } from './address.ts';
export { PostgresLevel } from './database.ts';
export { LEASE_SECONDS, type LeaseTimes } from './lease.ts';
export { lookIntoPostgres, openPostgres } from './open.ts';
