/** A file that a page leads to. */
export interface FoundFile {
  url: string;
  /** Media type, where the link or the name tells. */
  format?: string;
}

/** Files that are taken from one page. */
export const MOST_FOUND = 20;
