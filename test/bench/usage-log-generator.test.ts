import { expect } from 'chai';
import { isbot } from 'isbot';
import { LineReader, type LogEntry } from '../../protocols/access-log/index.ts';
import { browsers, robots } from '../../scripts/bench/usage/agents.ts';
import { generatedLog, nothingExpected } from '../../scripts/bench/usage/log-generator.ts';

const PLAN = { lines: 5_000, items: 50, days: 2, from: Date.UTC(2026, 9, 26), seed: 1 };

describe('the generated log', () => {
  it('is the same for the same seed, in the order of time, and as long as it says', () => {
    const expected = nothingExpected(PLAN.items);
    const text = [...generatedLog(PLAN, expected)].join('');
    expect(text).to.equal([...generatedLog(PLAN, nothingExpected(PLAN.items))].join(''));
    const reader = new LineReader();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => reader.read(line));
    expect(lines.length).to.equal(expected.lines);
    expect(lines.filter((line) => line === 'LOG_LINE_CUT').length)
      .to.equal(expected.bad)
      .and.to.be.greaterThan(0);
    const times = lines.filter((line): line is LogEntry => typeof line !== 'string').map(({ time }) => time);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
  });

  it('has agents of people and of robots that a list knows', () => {
    expect(robots.filter((agent) => !isbot(agent))).to.deep.equal([]);
    expect(browsers.filter((agent) => isbot(agent))).to.deep.equal([]);
  });
});
