import { project, type Point } from './equal-earth.ts';
import { land } from './land.ts';

/** The outlines of the land as the `d` of an SVG path, in whole units of the map. */
export const landPath: string = land
  .trim()
  .split(/\n(?! )/)
  .map((ring) => {
    const points = ring.trim().split(/\s+/).map(pointOf);
    const steps = points.map(({ x, y }, i) => {
      const from = points[i - 1] ?? { x: 0, y: 0 };
      return `${x - from.x} ${y - from.y}`;
    });
    return `M${steps[0]}l${steps.slice(1).join(' ')}z`;
  })
  .join('');

function pointOf(pair: string): Point {
  const [longitude = 0, latitude = 0] = pair.split(',').map((half) => Number(half) / 2);
  const { x, y } = project({ latitude, longitude });
  return { x: Math.round(x), y: Math.round(y) };
}
