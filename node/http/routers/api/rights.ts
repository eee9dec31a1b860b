import type { Right } from '../../../accounts/index.ts';
import { routeOf } from '../../openapi/index.ts';
import { apiOperations } from './operations.ts';

/** What each address of the API needs, by method and path, as its description says. What is not here is nobody's. */
export const rightsOfRoutes: Readonly<Record<string, Right>> = Object.fromEntries(
  apiOperations.flatMap((operation) =>
    operation.right === undefined ? [] : [[routeOf(operation), operation.right]],
  ),
);
