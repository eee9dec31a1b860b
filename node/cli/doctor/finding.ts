export type FindingState = 'ok' | 'warning' | 'failed';

/** What a check has found, in one line, and what the operator does about it. */
export interface Finding {
  state: FindingState;
  text: string;
  remedy?: string;
}

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const warning = (text: string, remedy: string): Finding => ({ state: 'warning', text, remedy });
export const failed = (text: string, remedy: string): Finding => ({ state: 'failed', text, remedy });
