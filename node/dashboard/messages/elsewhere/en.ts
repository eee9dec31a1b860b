import type { SeenAs } from '../../../federation/index.ts';

/** What is said of a record at other institutions, in English. */
export const elsewhere = {
  title: 'At other institutions',
  text: 'What the nodes that are connected now show of this record to any reader. What is withdrawn here is gone there within seconds; a node that cannot be reached learns of it when it is back.',
  institution: 'Institution',
  shows: 'Shows',
  as: {
    gone: 'that it is gone',
    shown: 'the record',
    unknown: 'nothing: it never had it',
    silent: 'no answer',
  } as Readonly<Record<SeenAs, string>>,
  none: 'No other institution is connected.',
  at: (time: string) => `Asked ${time}.`,
  again: 'Ask again',
  content: 'Content',
};
