/** Events of use from web servers' logs, read as they grow, and from logs and exports that are imported by hand. */
export type { Counting, Taken, UsageEvent } from './counting.ts';
export { DspaceItems } from './dspace-items.ts';
export { UsageLogError, type UsageLogErrorCode } from './errors.ts';
export { ItemIndex } from './item-index.ts';
export type { LogReport, LogState, LogTrouble } from './log-state.ts';
export type { LogFigures } from './tally.ts';
export { importFormats, type ImportFormat, type ImportReport } from './usage-import.ts';
export type { ImportRequest, UsageImports } from './usage-imports.ts';
export { type LogSettings, UsageLogs } from './usage-logs.ts';
