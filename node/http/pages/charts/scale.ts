/** A measure from nought up: its end, and the values at which it has a line. */
export interface Scale {
  top: number;
  /** Ascending, the first is 0 and the last `top`. */
  ticks: readonly number[];
  /** Where a value stands, in per cent of the scale: 0 to 100. */
  place(value: number): number;
}

const INTERVALS = 4;
const FACTORS = [1, 2, 2.5, 5, 10];

/** A scale for counts up to `largest`, with lines at whole and round numbers. */
export function scaleTo(largest: number): Scale {
  const most = Math.max(1, largest);
  const step = roundStep(most / INTERVALS);
  const top = Math.ceil(most / step) * step;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return { top, ticks, place: (value) => rounded(Math.min(1, value / top) * 100) };
}

/** Per cent with two decimals, a hundredth of a pixel or so. */
export function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}

/** The next of 1, 2, 2.5, 5 times a power of ten; whole, since there are no halves of a use. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = FACTORS.find((one) => one * power >= least) ?? 10;
  return Math.max(1, Math.ceil(factor * power));
}
