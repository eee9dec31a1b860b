import {
  type ProvidedRecord,
  type ResumptionToken,
  writeOaiResponse,
} from '../../../protocols/oai-pmh/index.ts';
import { element, raw } from '../../../vocab/xml/index.ts';

export const baseUrl = 'http://repository.example/oai';
export const responseDate = '2026-01-01T00:00:00Z';

/** A record numbered `n`, in oai_dc. */
export function aRecord(n: number, title = `Title ${n}`): ProvidedRecord {
  return {
    header: {
      identifier: `oai:repository.example:${n}`,
      datestamp: '2025-06-01T10:00:00Z',
      sets: ['articles'],
      deleted: false,
    },
    metadata: element(
      'oai_dc:dc',
      {
        'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      },
      [raw(element('dc:title', {}, title)), raw(element('dc:creator', {}, 'Ågren, Å.'))],
    ),
  };
}

/** A page of ListRecords with the records of these numbers. */
export function aPage(numbers: readonly number[], token?: ResumptionToken): string {
  return writeOaiResponse({
    responseDate,
    baseUrl,
    request: { verb: 'ListRecords', metadataPrefix: 'oai_dc' },
    answer: {
      verb: 'ListRecords',
      records: numbers.map((n) => aRecord(n)),
      ...(token !== undefined && { token }),
    },
  });
}

/** An answer that is one OAI-PMH error. */
export function aFault(condition: string, message = 'No.'): string {
  return writeOaiResponse({
    responseDate,
    baseUrl,
    answer: { verb: 'error', faults: [{ condition, message }] },
  });
}
