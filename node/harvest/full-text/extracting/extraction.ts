import type { DetectedLanguage, Reference } from '../../../../vocab/record.ts';

/** The file to be read: its bytes, or where they lie; and the charset that came with it. */
export interface ExtractionInput {
  content: { bytes: Uint8Array } | { path: string };
  charset?: string;
  /** Whether the text itself is wanted. */
  keepText: boolean;
}

/** What comes out of a file. */
export type Extraction =
  | {
      outcome: 'text';
      /** Media type, by the content. */
      format: string;
      /** Characters of the text. */
      length: number;
      /** `packWords` of its words. */
      words: Uint8Array;
      references: readonly Reference[];
      language?: DetectedLanguage;
      /** The text in UTF-8, deflated (RFC 1951). */
      text?: Uint8Array;
      asksForPassword?: boolean;
    }
  | { outcome: 'no-text'; format: string; asksForPassword?: boolean }
  | { outcome: 'encrypted' | 'damaged'; format: string; detail: string }
  /** Neither PDF nor HTML nor JATS. */
  | { outcome: 'other' }
  /** It took too long or too much memory, and was broken off. */
  | { outcome: 'too-costly'; detail: string };
