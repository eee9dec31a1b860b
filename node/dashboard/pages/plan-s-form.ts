import type { Maintenance } from '../../assessment/index.ts';

/** What a form says of a criterion, still to be checked. */
export function declarationOfForm(fields: URLSearchParams): unknown {
  const text = (name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const evidence = text('evidence');
  return {
    isMet: fields.get('isMet') === 'yes',
    statement: text('statement'),
    ...(evidence !== '' && { evidence }),
    date: text('date'),
    by: text('by'),
  };
}

const MOMENT = String.raw`(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00(?:\.000)?)?Z?`;
const LINE = new RegExp(`^${MOMENT}\\s+(?:to|–|-)\\s+${MOMENT}$`);

/** The times that are typed, a line each, still to be checked. What is no such line stays as it is, for the check to refuse. */
export function maintenanceOfForm(fields: URLSearchParams): unknown[] {
  const lines = (fields.get('maintenance') ?? '').split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [, fromDay, fromTime, toDay, toTime] = LINE.exec(line) ?? [];
      return fromDay === undefined
        ? { from: line, to: line }
        : { from: `${fromDay}T${fromTime}:00Z`, to: `${toDay}T${toTime}:00Z` };
    });
}

/** The same as it stands in the form. */
export function textOfMaintenance(maintenance: readonly Maintenance[]): string {
  return maintenance.map(lineOf).join('\n');
}

function lineOf({ from, to }: Maintenance): string {
  const written = (moment: string): string => moment.slice(0, 'YYYY-MM-DDThh:mm'.length).replace('T', ' ');
  return `${written(from)} to ${written(to)}`;
}
