/** The own records in the orders in which a manager goes through them. */
export { ContentIndex } from './content-index.ts';
export { ContentList, type ContentItem, type ContentQuery } from './content-list.ts';
export { ContentError } from './errors.ts';
export {
  CONTENT_STATES,
  contentStateOf,
  TEXT_STATES,
  textStateOf,
  type ContentState,
  type TextState,
} from './states.ts';
export { CONTENT_ORDERS, type ContentOrder } from './layout.ts';
