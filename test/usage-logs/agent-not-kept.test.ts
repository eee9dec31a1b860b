import { expect } from 'chai';
import { isbot } from 'isbot';
import { AGENT_NOT_KEPT } from '../../node/usage-logs/counting.ts';
import { matomoUses } from '../../protocols/usage-export/matomo.ts';

describe('an agent that a log or an export does not keep', () => {
  it('is on no list of robots', () => {
    const visit = {
      browser: 'Mobile Safari 18.1',
      operatingSystem: 'iOS 18',
      visitorId: '97a3bf0e12cd4e55',
      type: 'action',
      url: 'https://r.example/1',
      timestamp: 1_772_704_801,
    };
    const [use] = [...matomoUses(visit)];
    if (typeof use !== 'object' || use.agent === undefined) throw new Error('a use with an agent');
    expect([AGENT_NOT_KEPT, use.agent].filter((agent) => isbot(agent))).to.deep.equal([]);
  });
});
