import type { Figure, Printer } from '../figures.ts';

/** What could not be measured, and why. */
export interface LeftOut {
  figure: string;
  leftOut: string;
}

/** What was measured with the same data. */
export interface Section {
  /** The data, or the way; empty where that was not told. */
  over: string;
  rows: (Figure | LeftOut)[];
}

export interface Results {
  /** Of the group. */
  name: string;
  /** What the group measures. */
  about: string;
  sections: Section[];
}

/** Keeps what a group reports. */
export function resultsPrinter(): { printer: Printer; results: Results } {
  const results: Results = { name: '', about: '', sections: [] };
  const add = (row: Figure | LeftOut): void => {
    if (results.sections.length === 0) results.sections.push({ over: '', rows: [] });
    results.sections.at(-1)?.rows.push(row);
  };
  const printer: Printer = {
    group: (name, about) => Object.assign(results, { name, about }),
    heading: (over) => results.sections.push({ over, rows: [] }),
    print: add,
    leaveOut: (figure, leftOut) => add({ figure, leftOut }),
  };
  return { printer, results };
}
