import type { Printer } from './figures.ts';
import type { GroupOptions } from './group-options.ts';

export interface Group {
  measure: (printer: Printer, options: GroupOptions) => Promise<void>;
  about: string;
  /** How long it takes on a machine with two cores. */
  minutes: number;
}

/** By its name what measures a group, loaded when it is wanted. A new one is a line here and a folder beside the others. */
export const groups: Readonly<Record<string, Group>> = {
  main: {
    measure: async (...args) => (await import('./main/index.ts')).main(...args),
    about: 'from one institution’s repository to another institution’s reader',
    minutes: 5,
  },
  harvest: {
    measure: async (printer) => (await import('./harvest/index.ts')).harvest(printer),
    about: 'the harvest, stage by stage, beside Perl’s HTTP::OAI',
    minutes: 8,
  },
  publish: {
    measure: async (...args) => (await import('./publish/index.ts')).publish(...args),
    about: 'what harvesters, subscribers and scripts are given',
    minutes: 9,
  },
  federation: {
    measure: async (...args) => (await import('./federation/index.ts')).federation(...args),
    about: 'what it costs to have what others hold',
    minutes: 14,
  },
  duplicates: {
    measure: async (...args) => (await import('./duplicates/index.ts')).duplicates(...args),
    about: 'how well the records of one work are found, and the cost',
    minutes: 6,
  },
  search: {
    measure: async (...args) => (await import('./search/index.ts')).search(...args),
    about: 'a thousand queries, beside SQLite’s FTS5',
    minutes: 8,
  },
  related: {
    measure: async (printer) => (await import('./related/index.ts')).related(printer),
    about: 'how good related items are, and the cost',
    minutes: 2,
  },
  dashboard: {
    measure: async (...args) => (await import('./dashboard/index.ts')).dashboard(...args),
    about: 'what a manager waits for',
    minutes: 3,
  },
  usage: {
    measure: async (...args) => (await import('./usage/index.ts')).usage(...args),
    about: 'events into counts, and the counts of a region',
    minutes: 11,
  },
  scale: {
    measure: async (...args) => (await import('./scale/index.ts')).scale(...args),
    about: 'one node with ten thousand, a hundred thousand and a million records',
    minutes: 65,
  },
};
