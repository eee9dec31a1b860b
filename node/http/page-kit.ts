/** What pages and routers beside the public ones are made with. */
export { sendPage } from './answers/respond.ts';
export { sendTable } from './answers/send-table.ts';
export { ruleSetName } from './assessments/metadata-document.ts';
export { METADATA_PROFILES, parametersOf } from './assessments/metadata-profiles.ts';
export { ChosenRecords, MOST_CHOSEN } from './content/chosen-records.ts';
export { contentTable } from './content/table.ts';
export { HttpError } from './errors.ts';
export { mailInvitation } from './institution/mailed-invitation.ts';
export { openKinds, type OpenKind } from './issues/open-kinds.ts';
export { issueTable } from './issues/table.ts';
export type { Language } from './messages/index.ts';
export { reasonsAgainst, reasonsFor } from './pages/evidence.ts';
export { html, join, type Html, type HtmlValue } from './pages/html.ts';
export { institutionFacts } from './pages/institution-facts.ts';
export { layout, logoImage, type Place } from './pages/layout.ts';
export { networkMap } from './pages/map/network-map.ts';
export { pagination } from './pages/pagination.ts';
export { peersSection } from './pages/peers/index.ts';
export { recordFacts } from './pages/record-facts.ts';
export { authorsLine, outsideLink, titleHtml, titleText } from './pages/record-labels.ts';
export { usageSections } from './pages/usage/index.ts';
export { Views, type View } from './pages/view.ts';
export { listedPeers, peerCounts, peerParameters, type PeersData } from './peers/listed-peers.ts';
export { percent as sharePercent } from './plan-s/evidence.ts';
export type { PublicParts } from './public-parts.ts';
export type { HeldItem } from './records/held-items.ts';
export { namedRecords } from './records/named-records.ts';
export { readForm, readFormWithFiles } from './requests/body.ts';
export { format, lang, readQuery, recordPair, whole, words } from './requests/query.ts';
export { CounterReports, REPORT_FORMATS, ReportDownloads, reportQuery } from './routers/counter/index.ts';
export { refusalStatus } from './server/refusal-status.ts';
export { periodParameters, UseReports, type UseReport } from './usage/index.ts';
export {
  PAIRS_SHOWN,
  type PageToReview,
  type PairsShown,
  type PairToReview,
} from './works/pairs-to-review.ts';
export { MOST_PAIRS } from './works/review-queue.ts';
