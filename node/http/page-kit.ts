/** What pages and routers beside the public ones are made with. */
export { HttpError } from './errors.ts';
export { LANGUAGES, localeOf, type Language, type Locale } from './messages/index.ts';
export { html, join, type Html, type HtmlValue } from './pages/html.ts';
export { layout, type Page, type Place } from './pages/layout.ts';
export { pagination } from './pages/pagination.ts';
export { outsideLink, titleText } from './pages/record-labels.ts';
export { Views, type View } from './pages/view.ts';
export type { PublicParts } from './public-parts.ts';
export { format, lang, readQuery, whole, words } from './query.ts';
export { readForm } from './request-body.ts';
export { sendPage } from './respond.ts';
export { namedRecords, type NamedRecords } from './routers/api/named-records.ts';
