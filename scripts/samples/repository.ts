/** One sample repository: every record that it would give over OAI-PMH, in each of its formats. */
import { raw, element, xmlDeclaration } from '../../vocab/xml/index.ts';
import type { Copy } from './copy.ts';
import { block } from './markup.ts';
import { oaiDc } from './oai-dc.ts';
import { oaiOpenaire } from './oai-openaire.ts';
import { rioxx } from './rioxx.ts';
import { type Holding, mannerOf, type RepositoryName, type Tables } from './tables.ts';

/** Writers by metadata prefix. */
const formats: Record<string, (copy: Copy) => string[]> = {
  oai_dc: oaiDc,
  rioxx,
  oai_openaire: oaiOpenaire,
};

/** The files of one repository by name, `oai_dc.xml`: the same tables always give the same text. */
export function buildRepository(tables: Tables, name: RepositoryName): Map<string, string> {
  const { repository, house } = tables.repositories[name];
  const holdings = house.holdings.toSorted(
    (a, b) => compare(a.datestamp, b.datestamp) || compare(a.item, b.item),
  );
  const record = (holding: Holding, metadata: (copy: Copy) => string[]): string[] => {
    const work = tables.works.get(holding.work);
    if (work === undefined) throw new Error(`${name} holds ${holding.work}, which works.json does not have`);
    const copy = {
      work,
      holding,
      house,
      manner: mannerOf(house.habits, holding),
      thesaurus: tables.thesaurus,
    };
    return block('record', [
      ...header(repository.identifierPrefix, copy),
      ...(holding.deleted === true ? [] : block('metadata', metadata(copy))),
    ]);
  };
  return new Map(
    repository.formats.map(({ prefix }) => {
      const metadata = formats[prefix];
      if (metadata === undefined) throw new Error(`${name} offers ${prefix}, which nothing here writes`);
      const records = holdings.flatMap((holding) => record(holding, metadata));
      const lines = block('records', records, { xmlns: 'http://www.openarchives.org/OAI/2.0/' });
      return [`${prefix}.xml`, `${xmlDeclaration}${lines.join('\n')}\n`];
    }),
  );
}

/** OAI-PMH 2.0, section 2.5. */
function header(identifierPrefix: string, { work, holding, house: { sets } }: Copy): string[] {
  const open = holding.access === 'open' ? (sets.open ?? []) : [];
  const parts = [
    element('identifier', {}, identifierPrefix + holding.item),
    element('datestamp', {}, holding.datestamp),
    ...[...(sets.every ?? []), ...open, ...(sets[work.type] ?? [])].map((spec) =>
      element('setSpec', {}, spec),
    ),
  ];
  const status = holding.deleted === true ? 'deleted' : undefined;
  return [element('header', { status }, raw(parts.join('')))];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
