import { html, type Html } from '../html.ts';
import type { View } from '../view.ts';
import type { Category } from './chart.ts';
import { rounded, type Scale } from './scale.ts';

/** Lines across a chart, each with its value to the left of the drawing. */
export function gridLines({ locale }: View, scale: Scale): Html[] {
  return scale.ticks.map((value) => {
    const y = rounded(100 - scale.place(value));
    return html`<line class="${value === 0 ? 'base' : 'grid'}" x1="0%" x2="100%" y1="${y}%" y2="${y}%" />
      <text class="value" x="0%" y="${y}%" dx="-0.5em" dy="0.32em">${locale.compactNumber(value)}</text>`;
  });
}

/** What stands below the categories. CSS shows the main ones alone where it is narrow. */
export function categoryTicks(categories: readonly Category[]): Html[] {
  return categories.flatMap(({ tick, isMainTick }, at) => {
    if (tick === undefined) return [];
    const x = rounded(((at + 0.5) / categories.length) * 100);
    return [
      html`<text class="tick${!isMainTick && ' minor'}" x="${x}%" y="100%"
        >${tick.map((line, i) => html`<tspan x="${x}%" dy="${i === 0 ? 1.4 : 1.2}em">${line}</tspan>`)}</text
      >`,
    ];
  });
}
