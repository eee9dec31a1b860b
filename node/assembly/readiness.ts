import type { Catalogue, ReaderRunner } from '../catalogue/index.ts';
import type { Readiness } from '../http/index.ts';
import type { Store } from '../store/index.ts';

/** Whether the node can do its work, for `/health/ready`. */
export async function readiness({
  store,
  catalogue,
  runners,
}: {
  store: Store;
  catalogue: Catalogue;
  runners: readonly ReaderRunner[];
}): Promise<Readiness> {
  const readable = await store
    .section('catalogue')
    .get('m!base')
    .then(
      () => true,
      () => false,
    );
  const failure = catalogue.writeFailure;
  const checks = [
    { name: 'store', ok: readable, detail: readable ? 'can be read' : 'cannot be read' },
    { name: 'writing', ok: failure === undefined, detail: failure?.remedy ?? 'works' },
    {
      name: 'catalogue',
      ok: true,
      detail: `${catalogue.feeds.states().length} feeds, log at ${catalogue.position}`,
    },
    ...runners.map(({ name, lag, failing }) => ({
      name: `reader ${name}`,
      ok: !failing,
      detail: failing
        ? 'fails, and tries again'
        : lag === 0
          ? 'has read everything'
          : `${lag} changes behind`,
    })),
  ];
  return { ok: checks.every(({ ok }) => ok), checks };
}
