import type { NodeId } from '../../../vocab/record.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import type { Stage } from '../stages/index.ts';
import { withFacts } from './facts.ts';
import { loadStates, nothingApplied } from './record-state.ts';

/** Gives harvested records what is known of their files, so that harvesting them again changes nothing. */
export function filesStage({
  section,
  node,
  clock,
}: {
  section: Section;
  node: NodeId;
  clock: Clock;
}): Stage {
  return {
    name: 'files',
    apply: async (drafts) => {
      const keys = drafts.map(({ record }) => recordKey(node, record.oaiIdentifier));
      const states = await loadStates(section, keys);
      for (const [i, draft] of drafts.entries()) {
        const state = states[i];
        if (state === undefined || draft.refused) continue;
        const fresh = { ...state, applied: nothingApplied };
        Object.assign(draft.record, withFacts(draft.record, fresh, clock.now()));
      }
    },
  };
}
