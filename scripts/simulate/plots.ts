/** A line of a plot: its name and its points, from left to right. */
export interface Line {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

interface Axis {
  label: string;
  from: number;
  to: number;
  isLog?: boolean;
  /** Where it is marked, and how. */
  marks: readonly (readonly [at: number, text: string])[];
}

const SIZE = { width: 720, height: 400 };
const FRAME = { left: 70, right: 190, top: 40, bottom: 55 };
/** Colours that differ in lightness too, on light and on dark ground; and each line has its own dashes. */
const LIGHT = ['#0b5fa5', '#b3470b', '#2e7d32', '#7b2d8b', '#5d4a00', '#a3123f', '#4b5563'];
const DARK = ['#7ab8f5', '#f5a36b', '#8fd694', '#d59be6', '#e3c95a', '#ff9bb8', '#b8c0cc'];
const DASHES = ['', '8 4', '2 4', '10 4 2 4', '5 2', '1 3', '12 3'];

/** The frame of every plot: a title and a text for those who do not see it, and colours for light and dark screens. */
export function svg(title: string, description: string, body: string): string {
  const colours = (of: readonly string[]): string =>
    of.map((colour, i) => `.c${i}{stroke:${colour}}.f${i}{fill:${colour}}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="t d">
<title id="t">${escape(title)}</title>
<desc id="d">${escape(description)}</desc>
<style>
text{font:13px system-ui,sans-serif;fill:#1b1b1b}.h{font-weight:600;font-size:15px}.g{stroke:#c8c8c8}.b{fill:#fff}
path{fill:none;stroke-width:2}${colours(LIGHT)}
@media (prefers-color-scheme:dark){text{fill:#ececec}.g{stroke:#4a4a4a}.b{fill:#161616}${colours(DARK)}}
</style>
<rect class="b" width="${SIZE.width}" height="${SIZE.height}"/>
<text class="h" x="${FRAME.left}" y="24">${escape(title)}</text>
${body}
</svg>
`;
}

/** Lines in one frame, with their names beside it. */
export function linePlot(plot: {
  title: string;
  description: string;
  x: Axis;
  y: Axis;
  lines: readonly Line[];
}): string {
  const { x, y, lines } = plot;
  const across = scale(x, FRAME.left, SIZE.width - FRAME.right);
  const up = scale(y, SIZE.height - FRAME.bottom, FRAME.top);
  const [left, right, top, bottom] = [
    FRAME.left,
    SIZE.width - FRAME.right,
    FRAME.top,
    SIZE.height - FRAME.bottom,
  ];
  const parts = [
    ...y.marks.map(
      ([at, text]) =>
        `<line class="g" x1="${left}" x2="${right}" y1="${up(at)}" y2="${up(at)}"/><text x="${left - 8}" y="${up(at) + 4}" text-anchor="end">${escape(text)}</text>`,
    ),
    ...x.marks.map(
      ([at, text]) =>
        `<line class="g" x1="${across(at)}" x2="${across(at)}" y1="${top}" y2="${bottom}"/><text x="${across(at)}" y="${bottom + 18}" text-anchor="middle">${escape(text)}</text>`,
    ),
    `<text x="${(left + right) / 2}" y="${SIZE.height - 12}" text-anchor="middle">${escape(x.label)}</text>`,
    `<text x="16" y="${(top + bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(top + bottom) / 2})">${escape(y.label)}</text>`,
    ...lines.map(({ name, points }, i) => {
      const path = points.map(([a, b], at) => `${at === 0 ? 'M' : 'L'}${across(a)} ${up(b)}`).join('');
      const row = top + 14 + i * 34;
      const dashes = DASHES[i % DASHES.length];
      return `<path class="c${i % LIGHT.length}" stroke-dasharray="${dashes}" d="${path}"/>
<path class="c${i % LIGHT.length}" stroke-dasharray="${dashes}" d="M${right + 12} ${row}h24"/>${words(name, right + 42, row + 4)}`;
    }),
  ];
  return svg(plot.title, plot.description, parts.join('\n'));
}

/** Bars that are made of parts, one a row, with the sum at the end. */
export function barPlot(plot: {
  title: string;
  description: string;
  parts: readonly string[];
  bars: readonly { name: string; values: readonly number[]; sum: string }[];
}): string {
  const { parts, bars } = plot;
  const [left, right] = [190, SIZE.width - 90];
  const most = Math.max(...bars.map(({ values }) => total(values)));
  const row = (SIZE.height - 110) / bars.length;
  const rows = bars.map(({ name, values, sum }, i) => {
    const y = 44 + i * row;
    let x = left;
    const pieces = values.map((value, part) => {
      const width = ((right - left) * value) / most;
      const piece = `<rect class="f${part % LIGHT.length}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(row * 0.6)}"/>`;
      x += width;
      return piece;
    });
    const middle = round(y + row * 0.3 + 4);
    return `<text x="${left - 8}" y="${middle}" text-anchor="end">${escape(name)}</text>${pieces.join('')}<text x="${round(x + 6)}" y="${middle}">${escape(sum)}</text>`;
  });
  const legend = parts.map((part, i) => {
    const [x, y] = [20 + (i % 3) * 235, SIZE.height - 44 + Math.floor(i / 3) * 22];
    return `<rect class="f${i % LIGHT.length}" x="${x}" y="${y - 10}" width="12" height="12"/><text x="${x + 18}" y="${y}">${escape(part)}</text>`;
  });
  return svg(plot.title, plot.description, [...rows, ...legend].join('\n'));
}

function words(name: string, x: number, y: number): string {
  const [first = '', ...rest] = name.split(', ');
  const second = rest.join(', ');
  return `<text x="${x}" y="${y}">${escape(first)}${second === '' ? '' : `<tspan x="${x}" dy="15">${escape(second)}</tspan>`}</text>`;
}

function scale({ from, to, isLog = false }: Axis, start: number, end: number): (value: number) => number {
  const place = isLog ? Math.log10 : (value: number): number => value;
  return (value) => {
    const inside = Math.min(to, Math.max(from, value));
    return round(start + ((end - start) * (place(inside) - place(from))) / (place(to) - place(from)));
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const round = (value: number): number => Math.round(value * 10) / 10;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
