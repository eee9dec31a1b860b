export { ContentIndex } from './content-index.ts';
export { ContentList, type ContentItem, type ContentPage, type ContentQuery } from './content-list.ts';
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
