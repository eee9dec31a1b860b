import type { Figure } from '../figures.ts';
import type { LeftOut } from './results.ts';

/** What a row of figures at several sizes is made of. */
export interface StepsRow {
  of: string;
  unit: string;
  /** By size, in the order of the table's sizes. */
  values: (Figure | undefined)[];
  /** The last of them divided by the one before it. */
  growth: number | undefined;
  /** Whether all targets are met; undefined where there are none. */
  holds: boolean | undefined;
}

export interface StepsTable {
  sizes: string[];
  rows: StepsRow[];
}

/** The figures of a section side by side, where each of them is one of several sizes; else undefined. */
export function stepsTable(rows: readonly (Figure | LeftOut)[]): StepsTable | undefined {
  const steps = rows.flatMap((row) =>
    'step' in row && row.step !== undefined ? [{ row, ...row.step }] : [],
  );
  if (steps.length === 0 || steps.length < rows.length) return undefined;
  const sizes = [...new Set(steps.map(({ size }) => size))];
  const names = [...new Set(steps.map(({ of }) => of))];
  return {
    sizes,
    rows: names.map((name): StepsRow => {
      const own = steps.filter(({ of }) => of === name);
      const values = sizes.map((wanted) => own.find(({ size }) => size === wanted)?.row);
      const held = own.flatMap(({ row }) => row.holds ?? []);
      return {
        of: name,
        unit: own[0]?.row.unit ?? '',
        values,
        growth: values.at(-1)?.ratio,
        holds: held.length === 0 ? undefined : held.every(Boolean),
      };
    }),
  };
}
