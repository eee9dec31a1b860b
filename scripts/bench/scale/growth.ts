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

/** The figures of a life, each beside what it was in the life before, of fewer records. */
export function growth({ records, measured }: Life, before: Life | undefined): Figure[] {
  const size = records.toLocaleString('en');
  return measured.map(({ name, value, unit, target }) => {
    const former = before?.measured.find((one) => one.name === name);
    const beside =
      former === undefined
        ? undefined
        : { rival: `at ${before?.records.toLocaleString('en')}`, ratio: value / former.value };
    return {
      ...figure('scale', `${name}, ${size}`, value, unit, target, beside),
      step: { of: name, size },
    };
  });
}
