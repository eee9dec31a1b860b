import type { PeerView } from '../../../federation/index.ts';
import { shortNodeId } from '../../peers/institutions.ts';
import { html, join, type Html } from '../html.ts';
import type { View } from '../view.ts';
import { middleOf } from './countries.ts';
import { MAP_HEIGHT, MAP_WIDTH, project, type Point, type Position } from './equal-earth.ts';
import { landPath } from './land-path.ts';

/** So many nodes are drawn; of a larger network the rest is counted. */
const NODES_DRAWN = 500;
/** The map shows where nodes are, with some room around, and never less than about a continent. */
const NARROWEST = 300;
const ROOM = 50;

type Node = Pick<PeerView, 'node' | 'name' | 'self' | 'connected' | 'country' | 'location'>;

/** Nodes that stand at one point. */
interface Dot extends Point {
  nodes: Node[];
}

/**
 * Where the institutions are whose records are here, with lines to those that are connected: an SVG that needs nothing from
 * elsewhere, and the same as a list. Nothing where no node says where it is.
 */
export function networkMap(view: View, nodes: readonly Node[]): Html | undefined {
  const words = view.t.peers.map;
  const shown = nodes.slice(0, NODES_DRAWN);
  const placed = shown.flatMap((node) => {
    const position = positionOf(node);
    return position === undefined ? [] : [{ node, position }];
  });
  if (placed.length === 0) return undefined;
  const dots = dotsOf(placed);
  const unplaced = shown.filter((node) => positionOf(node) === undefined);
  const connected = placed.filter(({ node }) => node.connected && !node.self).length;
  return html`<section aria-labelledby="map-heading">
    <h2 id="map-heading">${words.title}</h2>
    <figure class="map">
      ${drawing(view, dots, words.description(placed.length, connected))}
      <figcaption class="aside">${words.legend}</figcaption>
    </figure>
    <details>
      <summary>${words.asList}</summary>
      <ul class="plain">
        ${dots.map(
          ({ nodes }) =>
            html`<li>
              ${join(
                nodes.map((node) => nodeText(view, node)),
                '; ',
              )}<span class="aside">${placeText(view, nodes)}</span>
            </li>`,
        )}
      </ul>
      ${unplaced.length > 0 && html`<p>${words.unplaced(unplaced.map(nameOf).join('; '))}</p>`}
      ${nodes.length > shown.length && html`<p>${words.more(nodes.length - shown.length)}</p>`}
    </details>
  </section>`;
}

function drawing(view: View, dots: readonly Dot[], description: string): Html {
  const frame = frameOf(dots);
  const unit = frame.width / MAP_WIDTH;
  const own = dots.find(({ nodes }) => nodes.some(({ self }) => self));
  const lines =
    own === undefined
      ? []
      : dots.filter((dot) => dot !== own && dot.nodes.some(({ connected }) => connected));
  return html`<svg
    viewBox="${frame.x} ${frame.y} ${frame.width} ${frame.height}"
    role="img"
    aria-labelledby="map-title map-description"
  >
    <title id="map-title">${view.t.peers.map.title}</title>
    <desc id="map-description">${description}</desc>
    <path class="land" d="${landPath}" />
    ${lines.map(
      (dot) =>
        html`<line
          x1="${rounded(own?.x)}"
          y1="${rounded(own?.y)}"
          x2="${rounded(dot.x)}"
          y2="${rounded(dot.y)}"
        />`,
    )}
    ${dots.map(
      (dot) =>
        html`<circle
          class="${classOf(dot)}"
          cx="${rounded(dot.x)}"
          cy="${rounded(dot.y)}"
          r="${rounded(radiusOf(dot) * unit)}"
          ><title>${dot.nodes.map(nameOf).join('; ')}</title></circle
        >`,
    )}
  </svg>`;
}

function positionOf({ country, location }: Node): Position | undefined {
  return location ?? (country === undefined ? undefined : middleOf(country));
}

/** Nodes that nobody could tell apart on the map share a dot. */
function dotsOf(placed: readonly { node: Node; position: Position }[]): Dot[] {
  const dots = new Map<string, Dot>();
  for (const { node, position } of placed) {
    const { x, y } = project(position);
    const place = `${Math.round(x)} ${Math.round(y)}`;
    const dot = dots.get(place);
    if (dot === undefined) dots.set(place, { x, y, nodes: [node] });
    else dot.nodes.push(node);
  }
  return [...dots.values()];
}

/** The part of the map that has all dots, twice as wide as high or nearly so. */
function frameOf(dots: readonly Point[]): { x: number; y: number; width: number; height: number } {
  const [xs, ys] = [dots.map(({ x }) => x), dots.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const ratio = MAP_HEIGHT / MAP_WIDTH;
  const needed = Math.max(NARROWEST, right - left + 2 * ROOM, (bottom - top + 2 * ROOM) / ratio);
  const width = Math.round(Math.min(MAP_WIDTH, needed));
  const height = Math.round(width * ratio);
  const within = (middle: number, size: number, all: number): number =>
    Math.round(Math.min(Math.max(0, middle - size / 2), all - size));
  return {
    x: within((left + right) / 2, width, MAP_WIDTH),
    y: within((top + bottom) / 2, height, MAP_HEIGHT),
    width,
    height,
  };
}

function classOf({ nodes }: Dot): string {
  if (nodes.some(({ self }) => self)) return 'self';
  return nodes.some(({ connected }) => connected) ? 'connected' : 'away';
}

function radiusOf({ nodes }: Dot): number {
  return Math.min(30, 9 + 3 * Math.sqrt(nodes.length - 1));
}

function rounded(value = 0): number {
  return Math.round(value * 10) / 10;
}

function nameOf({ name, node }: Node): string {
  return name ?? shortNodeId(node);
}

function nodeText({ t }: View, node: Node): string {
  const { self, connected, notConnected } = t.peers;
  return `${nameOf(node)} (${node.self ? self : node.connected ? connected : notConnected})`;
}

function placeText({ locale, t }: View, nodes: readonly Node[]): string {
  const country = nodes.find((node) => node.country !== undefined)?.country;
  if (country !== undefined) return locale.countryName(country);
  const { latitude = 0, longitude = 0 } = nodes[0]?.location ?? {};
  return t.peers.map.at(locale.number(rounded(latitude)), locale.number(rounded(longitude)));
}
