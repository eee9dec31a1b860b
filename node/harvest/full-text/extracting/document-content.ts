/** What was found in a file. `format` is the media type that its content shows, whatever was said of it. */
export type DocumentContent =
  | {
      outcome: 'text';
      format: string;
      text: string;
      /** The entries of its list of references, where the format tells them apart. */
      references?: string[];
      /** HTML only: whether it asks for a password. */
      asksForPassword?: boolean;
    }
  | { outcome: 'no-text'; format: string; asksForPassword?: boolean }
  | { outcome: 'encrypted' | 'damaged'; format: string; detail: string }
  /** Nothing that can be read. */
  | { outcome: 'other' };
