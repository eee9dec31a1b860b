import type { Announcement } from '../../../vocab/announcement.ts';
import { recordToBibtex, recordToCsl, recordToRis } from '../../../vocab/citation-formats/index.ts';
import { contextUrl } from '../../../vocab/context.ts';
import { crosswalks, type XmlCrosswalk } from '../../../vocab/crosswalks/index.ts';
import {
  announcementsToJsonLd,
  recordToJsonLd,
  recordToSchemaOrg,
  reviewsToSchemaOrg,
  toNQuads,
  toTurtle,
  type JsonLdObject,
} from '../../../vocab/json-ld/index.ts';
import { baseOfIri } from '../../../vocab/record-key.ts';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import { xmlDeclaration } from '../../../vocab/xml/index.ts';
import { HTML, JSON_LD, type Format } from '../negotiation/formats.ts';
import type { Site } from '../site.ts';

/** What is written with a holding: which node gives it, and what others announced of it. */
export interface Surroundings {
  site: Pick<Site, 'base'>;
  announcements: readonly Announcement[];
}

/** A format that a record is written in. */
interface RecordFormat extends Format {
  write(record: NgrRecord, surroundings: Surroundings): string | Promise<string>;
}

/** A format that also carries what is left of a record that is gone. */
interface HoldingFormat extends Format {
  write(holding: Holding, surroundings: Surroundings): string | Promise<string>;
}

/** The inbox is the origin's, also of a copy: it alone decides what is shown with its record (LDN, section 3.1). */
function documentOf(holding: Holding, { site, announcements }: Surroundings): JsonLdObject {
  return {
    ...recordToJsonLd(holding, { context: contextUrl(site.base) }),
    inbox: `${baseOfIri(holding.id)}/inbox`,
    ...announcementsToJsonLd(announcements),
  };
}

const holdingFormats: readonly HoldingFormat[] = [
  { ...JSON_LD, write: (holding, around) => JSON.stringify(documentOf(holding, around)) },
  {
    name: 'nq',
    label: 'N-Quads',
    types: ['application/n-quads', 'application/n-triples'],
    write: async (holding, around) => await toNQuads(documentOf(holding, around)),
  },
  {
    name: 'turtle',
    label: 'Turtle',
    types: ['text/turtle'],
    write: async (holding, around) => await toTurtle(documentOf(holding, around)),
  },
];

/** The media types of metadata formats that have one; the others are told apart by the namespace as their profile. */
const xmlTypes: Readonly<Record<string, readonly [string, ...string[]]>> = {
  oai_dc: ['application/xml', 'text/xml'],
  mods: ['application/mods+xml'],
  oai_datacite: ['application/vnd.datacite.datacite+xml'],
};

const recordFormats: readonly RecordFormat[] = [
  ...crosswalks.filter(isWritten).map((crosswalk): RecordFormat => ({
    name: crosswalk.prefix,
    label: crosswalk.title,
    types: xmlTypes[crosswalk.prefix] ?? ['application/xml'],
    profile: crosswalk.namespace,
    write: (record) => xmlDeclaration + crosswalk.write(record),
  })),
  {
    name: 'schema',
    label: 'schema.org',
    types: ['application/ld+json', 'application/vnd.schemaorg.ld+json'],
    profile: 'https://schema.org/',
    write: (record, { announcements }) =>
      JSON.stringify({ ...recordToSchemaOrg(record), ...reviewsToSchemaOrg(announcements) }),
  },
  {
    name: 'csl',
    label: 'CSL-JSON',
    types: ['application/vnd.citationstyles.csl+json'],
    write: (record) => JSON.stringify(recordToCsl(record)),
  },
  {
    name: 'bibtex',
    label: 'BibTeX',
    types: ['application/x-bibtex'],
    write: recordToBibtex,
  },
  {
    name: 'ris',
    label: 'RIS',
    types: ['application/x-research-info-systems'],
    write: recordToRis,
  },
];

/** A record's JSON-LD as its address answers it, as long as nothing was announced of it. */
export function recordJsonLd(record: NgrRecord, site: Pick<Site, 'base'>): string {
  return JSON.stringify(documentOf(record, { site, announcements: [] }));
}

/** What a record can be had as: the one for scripts first, then a page, then the others. */
export const RECORD_FORMATS: readonly Format[] = orderedFormats([...holdingFormats, ...recordFormats]);
/** What is gone has no description that the other formats could carry. */
export const TOMBSTONE_FORMATS: readonly Format[] = orderedFormats(holdingFormats);

/**
 * A holding in a format that it can be had as.
 * @throws TypeError for a page, which is not written here, and for a tombstone in a format that has no room for it
 */
export async function writeHolding(
  holding: Holding,
  format: Format,
  surroundings: Surroundings,
): Promise<string> {
  const ofAny = holdingFormats.find(({ name }) => name === format.name);
  if (ofAny !== undefined) return await ofAny.write(holding, surroundings);
  const ofRecords = recordFormats.find(({ name }) => name === format.name);
  if (ofRecords === undefined || isTombstone(holding))
    throw new TypeError(`there is no ${format.name} of it`);
  return await ofRecords.write(holding, surroundings);
}

function isWritten(
  crosswalk: XmlCrosswalk,
): crosswalk is XmlCrosswalk & Required<Pick<XmlCrosswalk, 'write'>> {
  return crosswalk.write !== undefined;
}

/** Dublin Core is what is meant by XML of no kind that was named. */
function orderedFormats([first, ...others]: readonly Format[]): Format[] {
  if (first === undefined) return [];
  const rank = ({ name }: Format): number => (name === 'oai_dc' ? 0 : 1);
  return [first, HTML, ...others.toSorted((one, other) => rank(one) - rank(other))];
}
