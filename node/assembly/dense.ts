import { DenseVectors, ModelThread, RecordLikeness } from '../analysis/dense/index.ts';
import type { Config } from '../config/index.ts';
import type { Foundation } from './foundation.ts';

const SECTION = 'dense';

/**
 * The model of `related.model`: the reader that makes vectors by it, and the likeness that these tell, which one command has
 * without the reader. Vectors of a model that is not configured any more are thrown away: nobody would take those of a withdrawn
 * record out.
 *
 * @throws DenseError where the model cannot be used
 */
export async function openDense({
  config,
  store,
  clock,
  log,
  offline,
}: Pick<Foundation, 'store' | 'clock' | 'log' | 'offline'> & { config: Pick<Config, 'related'> }): Promise<{
  vectors?: DenseVectors;
  meaning?: RecordLikeness;
}> {
  const { model: settings } = config.related;
  const section = store.section(SECTION);
  if (settings === undefined) {
    if (!offline) await section.clear();
    return {};
  }
  const meaning = new RecordLikeness({ section });
  if (offline) return { meaning };
  const model = await ModelThread.open({ settings, clock });
  return { meaning, vectors: new DenseVectors({ model, log: log.child({ reader: SECTION }) }) };
}
