import type { Funding } from '../../record.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { type JatsArticle, textIn } from './article.ts';

/** Awards with their funders; before JATS 1.0 sponsors and contracts stood by themselves. */
export function readFunding({ meta }: JatsArticle, description: DescriptionBuilder): void {
  for (const group of meta.childrenNamed('funding-group')) {
    for (const award of [...group.childrenNamed('award-group'), group]) readAward(award, description);
  }
  const numbers = [...meta.childrenNamed('contract-num'), ...meta.childrenNamed('grant-num')].map(textOf);
  const sponsors = [...meta.childrenNamed('contract-sponsor'), ...meta.childrenNamed('grant-sponsor')].map(
    textOf,
  );
  sponsors.forEach((funder, at) => description.grant({ funder, award: numbers[at] ?? '' }));
  for (const award of numbers.slice(sponsors.length)) description.grant({ award });
}

/** Several funders of one award, or several awards of one funder; where there are several of both, one to one. */
function readAward(award: XmlElement, description: DescriptionBuilder): void {
  const numbers = award
    .childrenNamed('award-id')
    .map(textIn)
    .filter((number) => number !== '');
  const funders = award.childrenNamed('funding-source').map(funderOf);
  const isOneToOne = funders.length > 1 && numbers.length > 1;
  const most = Math.max(funders.length, numbers.length);
  for (let at = 0; at < most; at += 1) {
    const funder = funders[isOneToOne ? at : Math.min(at, funders.length - 1)];
    const number = numbers[isOneToOne ? at : Math.min(at, numbers.length - 1)];
    description.grant({ ...funder, ...(number !== undefined && { award: number }) });
  }
}

function funderOf(source: XmlElement): Funding {
  const wrap = source.child('institution-wrap');
  const name = textIn(wrap?.child('institution') ?? source.child('institution') ?? source).slice(0, 1000);
  const ids = [...(wrap?.childrenNamed('institution-id') ?? []), ...source.childrenNamed('named-content')];
  const funderId = [attributeOf(source, 'href'), ...ids.map(textOf)].find((id) =>
    /10\.13039\/|ror\.org\//i.test(id),
  );
  return {
    // Some have the identifier behind the name.
    funder: name.replace(/https?:\S+$/, '').trim(),
    ...(funderId !== undefined && { funderId }),
  };
}
