import { presets, type PathRule, type PresetName } from '../../protocols/access-log/index.ts';
import { UsageLogError } from './errors.ts';

/** What a log's paths mean, as the operator tells it. */
export interface RuleSettings {
  repository: PresetName | 'own-rules';
  rules: readonly { path: string; kind: PathRule['kind']; item: string }[];
}

/**
 * The operator's rules, and behind them those of the repository.
 * @throws UsageLogError `USAGE_LOG_BAD_RULE` where an expression is none
 */
export function rulesOf({ repository, rules }: RuleSettings): PathRule[] {
  const own = rules.map(({ path, kind, item }): PathRule => ({
    pattern: expression(path),
    kind,
    names: [item],
  }));
  return [...own, ...(repository === 'own-rules' ? [] : presets[repository])];
}

function expression(path: string): RegExp {
  try {
    return new RegExp(path);
  } catch (cause) {
    throw new UsageLogError('USAGE_LOG_BAD_RULE', `“${path}” is no regular expression.`, {
      remedy: 'Correct "path" of this rule under usage.logs in the configuration.',
      cause,
    });
  }
}
