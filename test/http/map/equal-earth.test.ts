import { expect } from 'chai';
import * as fc from 'fast-check';
import { middleOf } from '../../../node/http/pages/map/countries.ts';
import { MAP_HEIGHT, MAP_WIDTH, project } from '../../../node/http/pages/map/equal-earth.ts';
import { landPath } from '../../../node/http/pages/map/land-path.ts';

/** The Earth's radius on the map: the equator is 2 × 2.70663 of it. */
const UNIT = MAP_WIDTH / (2 * 2.70663);

describe('the Equal Earth projection', () => {
  it('puts places where its authors put them', () => {
    const equator = project({ latitude: 0, longitude: 0 });
    // Worked out by d3-geo 3.1.1 (`geoEqualEarthRaw`), whose unit is the Earth's radius.
    for (const [latitude, longitude, x, y] of [
      [90, 0, 0, 1.3173627591574133],
      [45, 90, 1.1598544991029835, 0.8602310855220102],
      [-33.5, -70.6, -0.9763305402845944, -0.6579176065426132],
      [60, 180, 2.0390600875715594, 1.0883008355053194],
    ] as const) {
      const point = project({ latitude, longitude });
      expect((point.x - equator.x) / UNIT).to.be.closeTo(x, 1e-5);
      expect((equator.y - point.y) / UNIT).to.be.closeTo(y, 1e-5);
    }
    expect(project({ latitude: 0, longitude: 180 }).x).to.be.closeTo(1_000, 1e-9);
    expect(project({ latitude: 0, longitude: -180 }).x).to.be.closeTo(0, 1e-9);
    // The poles are lines of 0.592 of the equator's length.
    const corner = project({ latitude: 90, longitude: 180 });
    expect((corner.x - 500) / 500).to.be.closeTo(0.59247, 1e-4);
  });

  it('keeps areas: a degree square covers what the sphere says, wherever it is', () => {
    const latitude = fc.integer({ min: -56, max: 82 });
    const longitude = fc.integer({ min: -180, max: 179 });
    fc.assert(
      fc.property(latitude, longitude, (south, west) => {
        const corners = [
          [0, 0],
          [0, 1],
          [1, 1],
          [1, 0],
        ].map(([dy = 0, dx = 0]) => project({ latitude: south + dy, longitude: west + dx }));
        const area = corners.reduce((sum, a, i) => {
          const b = corners[(i + 1) % 4] ?? a;
          return sum + (a.x * b.y - b.x * a.y) / 2;
        }, 0);
        const sphere = (lat: number): number => Math.sin((lat * Math.PI) / 180);
        const expected = (Math.PI / 180) * (sphere(south + 1) - sphere(south)) * UNIT ** 2;
        expect(Math.abs(area) / expected).to.be.closeTo(1, 0.002);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('has all land within the map, and each country on it', () => {
    const [, ...rings] = landPath.split('M');
    expect(rings.length).to.be.greaterThan(40);
    for (const ring of rings) {
      const [start = '', steps = ''] = ring.replace('z', '').split('l');
      let [x = 0, y = 0] = start.split(' ').map(Number);
      const numbers = steps.split(' ').map(Number);
      for (let i = 0; i < numbers.length; i += 2) {
        x += numbers[i] ?? 0;
        y += numbers[i + 1] ?? 0;
        expect(x).to.be.within(0, MAP_WIDTH);
        expect(Math.abs(numbers[i] ?? 0), 'no line across the map').to.be.lessThan(150);
        expect(y).to.be.within(-5, MAP_HEIGHT + 5);
      }
    }
    expect(landPath.length).to.be.lessThan(20_000);
    for (const code of ['PE', 'NG', 'RE', 'TV', 'XK', 'NZ'])
      expect(middleOf(code), code).to.not.equal(undefined);
    const peru = project(middleOf('PE') ?? { latitude: 0, longitude: 0 });
    expect(peru.x).to.be.within(250, 350);
    expect(middleOf('ZZ')).to.equal(undefined);
    expect(middleOf('constructor')).to.equal(undefined);
  });
});
