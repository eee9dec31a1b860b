import { figure, type Figure, type Target } from '../figures.ts';

/** A figure of one node. */
export interface Measured {
  name: string;
  value: number;
  unit: string;
  target?: Target;
}

/** What was measured at one number of records. */
export interface Life {
  records: number;
  measured: readonly Measured[];
}

/** Figure by figure, at each number of records beside the number before it. */
export function growthTable(lives: readonly Life[]): Figure[] {
  const names = new Set(lives.flatMap(({ measured }) => measured.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const steps = lives.flatMap(({ records, measured }) => {
      const found = measured.find((one) => one.name === name);
      return found === undefined ? [] : [{ ...found, records }];
    });
    return steps.map(({ records, value, unit, target }, i) => {
      const former = steps[i - 1];
      const beside =
        former === undefined
          ? undefined
          : { rival: `at ${former.records.toLocaleString('en')}`, ratio: value / former.value };
      return figure('scale', `${name}, ${records.toLocaleString('en')}`, value, unit, target, beside);
    });
  });
}
