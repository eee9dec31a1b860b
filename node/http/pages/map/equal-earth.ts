/** A place on the Earth, in degrees; south and west are negative. */
export interface Position {
  latitude: number;
  longitude: number;
}

/** A place on the map: from 0 to 1,000 from west to east, and downwards in the same unit. */
export interface Point {
  x: number;
  y: number;
}

export const MAP_WIDTH = 1_000;
/** Land lies between them, Antarctica left out. */
const NORTHERNMOST = 84;
const SOUTHERNMOST = -57;

const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796] as const;
const ROOT = Math.sqrt(3);
const SCALE = MAP_WIDTH / (2 * abscissa(Math.PI, 0));
const TOP = ordinate(parametric(NORTHERNMOST));

export const MAP_HEIGHT = Math.round((TOP - ordinate(parametric(SOUTHERNMOST))) * SCALE);

/**
 * Equal Earth: areas are as large as they are, and continents keep their looks (Šavrič, Patterson & Jenny, "The Equal Earth
 * map projection", International Journal of Geographical Information Science 33 (2019), equations 4 to 6).
 */
export function project({ latitude, longitude }: Position): Point {
  const t = parametric(latitude);
  return {
    x: MAP_WIDTH / 2 + abscissa(radians(longitude), t) * SCALE,
    y: (TOP - ordinate(t)) * SCALE,
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function parametric(latitude: number): number {
  return Math.asin((ROOT / 2) * Math.sin(radians(latitude)));
}

function abscissa(longitude: number, t: number): number {
  const slope = A1 + 3 * A2 * t ** 2 + 7 * A3 * t ** 6 + 9 * A4 * t ** 8;
  return (2 * ROOT * longitude * Math.cos(t)) / (3 * slope);
}

function ordinate(t: number): number {
  return A1 * t + A2 * t ** 3 + A3 * t ** 7 + A4 * t ** 9;
}
