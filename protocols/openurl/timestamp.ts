const timestamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * A time in the profile of ISO 8601 that Z39.88-2004 (section 5.2.3.1) takes from the W3C, in milliseconds since 1970;
 * undefined where it is none, or one that does not exist. Without a zone it is UTC, as all trackers send it.
 */
export function instantOf(value: string): number | undefined {
  const match = timestamp.exec(value);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  // Date.UTC carries over what is too large, and takes years before 100 for later ones; a real time comes back as it was.
  const isReal = new Date(local)
    .toISOString()
    .startsWith(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  const offset = offsetOf(zone);
  return isReal && offset !== undefined ? local - offset : undefined;
}

/** No place on earth is further from UTC than 14 hours. */
const FURTHEST_MINUTES = 14 * 60;

function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const ofHour = Number(zone.slice(-2));
  const minutes = Number(zone.slice(1, 3)) * 60 + ofHour;
  if (ofHour > 59 || minutes > FURTHEST_MINUTES) return undefined;
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
