/** What was run beside a figure, and the figure divided by that one. */
export interface Beside {
  rival: string;
  ratio: number;
}

/** One measured figure, as `--json` prints it. */
export interface Figure {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  /** `>= 3000`, `<= 500`; undefined where there is nothing to hold. */
  target: string | undefined;
  holds: boolean | undefined;
  /** What was run beside it, where something was. */
  rival: string | undefined;
  /** This divided by the rival. */
  ratio: number | undefined;
  /** Where the same is measured at several sizes: which of them this is. On the page they stand in one row. */
  step?: Step;
}

export interface Step {
  /** The figure without its size. */
  of: string;
  size: string;
}

export interface Target {
  atLeast?: number;
  atMost?: number;
}

/** A figure held against its target. */
export function figure(
  bench: string,
  name: string,
  value: number,
  unit: string,
  target: Target = {},
  beside?: Beside,
): Figure {
  const { atLeast, atMost } = target;
  const wanted =
    atLeast === undefined ? (atMost === undefined ? undefined : `<= ${atMost}`) : `>= ${atLeast}`;
  const holds =
    wanted === undefined || Number.isNaN(value)
      ? undefined
      : value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  return {
    bench,
    figure: name,
    value: rounded(value),
    unit,
    target: wanted,
    holds,
    rival: beside?.rival,
    ratio: beside === undefined ? undefined : rounded(beside.ratio),
  };
}

/** How figures reach the reader: a line each as JSON, rows of a table as they come, or a page. */
export interface Printer {
  /** What follows is of this group. */
  group(name: string, about: string): void;
  /** What follows was measured with these data, or in this way. */
  heading(text: string): void;
  print(figure: Figure): void;
  /** A figure, or several, cannot be had here. @param why as the end of a sentence: `libhttp-oai-perl is not installed` */
  leaveOut(figure: string, why: string): void;
}

export function tablePrinter(out: NodeJS.WritableStream): Printer {
  const columns = [46, 12, 11, 12, 6] as const;
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 || i >= 4 ? cell.padEnd(columns[i] ?? 0) : cell.padStart(columns[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return {
    group: (name, about) => out.write(`\n${name}: ${about}\n`),
    heading: (text) =>
      out.write(`\n${text}\n${row(['figure', 'value', 'unit', 'target', 'holds', 'beside'])}\n`),
    leaveOut: (name, why) => out.write(`${name}: left out, for ${why}\n`),
    print: (f) => {
      const beside = f.rival === undefined ? '' : `${f.ratio} × ${f.rival}`;
      const holds = f.holds === undefined ? '' : f.holds ? 'yes' : 'NO';
      out.write(`${row([f.figure, f.value.toLocaleString('en'), f.unit, f.target ?? '', holds, beside])}\n`);
    },
  };
}

export function jsonPrinter(out: NodeJS.WritableStream): Printer {
  let bench = '';
  return {
    group: (name) => (bench = name),
    heading: () => undefined,
    print: (f) => out.write(`${JSON.stringify({ ...f, step: undefined })}\n`),
    leaveOut: (name, why) => out.write(`${JSON.stringify({ bench, figure: name, leftOut: why })}\n`),
  };
}

/** Prints to all of these. */
export function printerTo(printers: readonly Printer[]): Printer {
  return {
    group: (name, about) => printers.forEach((printer) => printer.group(name, about)),
    heading: (text) => printers.forEach((printer) => printer.heading(text)),
    print: (f) => printers.forEach((printer) => printer.print(f)),
    leaveOut: (name, why) => printers.forEach((printer) => printer.leaveOut(name, why)),
  };
}

/** The value below which the share `p` of the values lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN;
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}
