import type { Operation } from './openapi/index.ts';
import { apiOperations } from './routers/api/index.ts';
import { publicOperations } from './routers/public-operations.ts';

/** Every operation of the HTTP interface that is described: those under `/api`, and what anybody can read. */
export const httpOperations: readonly Operation[] = [...apiOperations, ...publicOperations];
