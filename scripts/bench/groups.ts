import type { Printer } from './figures.ts';
import { dashboard } from './dashboard/index.ts';
import { duplicates } from './duplicates/index.ts';
import { federation } from './federation/index.ts';
import type { GroupOptions } from './group-options.ts';
import { harvest } from './harvest/index.ts';
import { main } from './main/index.ts';
import { publish } from './publish/index.ts';
import { related } from './related/index.ts';
import { scale } from './scale/index.ts';
import { search } from './search/index.ts';
import { usage } from './usage/index.ts';

export interface Group {
  measure: (printer: Printer, options: GroupOptions) => Promise<void>;
  about: string;
  /** How long it takes on a machine with two cores. */
  minutes: number;
}

/** By its name what measures a group. A new one is a line here and a folder beside the others. */
export const groups: Readonly<Record<string, Group>> = {
  main: {
    measure: main,
    about: 'from one institution’s repository to another institution’s reader',
    minutes: 5,
  },
  harvest: {
    measure: harvest,
    about: 'the harvest, stage by stage, beside Perl’s HTTP::OAI',
    minutes: 8,
  },
  publish: {
    measure: publish,
    about: 'what harvesters, subscribers and scripts are given',
    minutes: 9,
  },
  federation: {
    measure: federation,
    about: 'what it costs to have what others hold',
    minutes: 14,
  },
  duplicates: {
    measure: duplicates,
    about: 'how well the records of one work are found, and the cost',
    minutes: 6,
  },
  search: {
    measure: search,
    about: 'a thousand queries, beside SQLite’s FTS5',
    minutes: 8,
  },
  related: {
    measure: related,
    about: 'how good related items are, and the cost',
    minutes: 2,
  },
  dashboard: {
    measure: dashboard,
    about: 'what a manager waits for',
    minutes: 3,
  },
  usage: {
    measure: usage,
    about: 'events into counts, and the counts of a region',
    minutes: 11,
  },
  scale: {
    measure: scale,
    about: 'one node with ten thousand, a hundred thousand and a million records',
    minutes: 65,
  },
};
