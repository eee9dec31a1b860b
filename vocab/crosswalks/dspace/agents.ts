import type { DescriptionBuilder } from '../description-builder.ts';
import type { AgentParts } from '../described-agent.ts';
import type { DSpaceValue, DSpaceValues } from './values.ts';

/** Authors, each with the ORCID that the authority record has: its own key, or a field of the same virtual record. */
export function readAuthors(
  authors: readonly DSpaceValue[],
  description: DescriptionBuilder,
  item: DSpaceValues,
): void {
  const orcids = orcidsByAuthority(item);
  for (const author of authors) description.creator(partsOf(author, orcids));
}

/** Fields under dc.contributor that hold no names. */
const noNames = /\.(?:.*(?:e?mail|id|orcid|lattes|role|rol|tipo|type))$/;

export function readContributors(
  contributors: readonly DSpaceValue[],
  description: DescriptionBuilder,
  item: DSpaceValues,
): void {
  const orcids = orcidsByAuthority(item);
  for (const contributor of contributors) {
    if (noNames.test(contributor.field) || contributor.value.includes('@')) continue;
    description.contributor(partsOf(contributor, orcids));
  }
}

function partsOf({ value, authority = '' }: DSpaceValue, orcids: ReadonlyMap<string, string>): AgentParts {
  const own = /(?:^|[:/])(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/i.exec(authority)?.[1];
  return { name: value, orcid: own ?? orcids.get(authority) ?? '' };
}

/** DSpace 7 tells which author a related person is by the same virtual authority. */
function orcidsByAuthority(item: DSpaceValues): Map<string, string> {
  const orcids = item.of('person.identifier.orcid');
  return new Map(
    orcids.flatMap(({ authority = '', value }) => (authority === '' ? [] : [[authority, value]])),
  );
}
