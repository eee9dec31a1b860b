/** The description of the HTTP API: of each operation once, for the routers, the OpenAPI document and docs/api.md. */
export {
  openApiDocument,
  operationId,
  type OpenApiDocument,
  type OperationObject,
  type ParameterObject,
} from './document.ts';
export { operationGroups, type OperationGroup } from './groups.ts';
export type { JsonSchema } from './json-schemas.ts';
export {
  operation,
  routeOf,
  type Answer,
  type Answers,
  type Method,
  type NamesIn,
  type Operation,
} from './operation.ts';
export { problemSchema, problemsOf } from './problems.ts';
export { toldValues } from './told-values.ts';
export { BODY_LIMIT, nextLinks, route, type Asked } from './route.ts';
