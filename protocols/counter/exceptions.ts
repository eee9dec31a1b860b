import type { Release } from './release.ts';

type Severity = 'Warning' | 'Error' | 'Fatal';

interface Row {
  message: string;
  /** Of the answer: 200 where it stands in the header of a report. */
  status: number;
  /** Release 5 alone tells it. */
  severity: Severity;
}

/** CoP 5.1, table D.1; 3000 and 3010 of release 5 only (CoP 5, table F.1, which has the severities). */
const rows = {
  1000: { message: 'Service Not Available', status: 503, severity: 'Fatal' },
  1010: { message: 'Service Busy', status: 503, severity: 'Fatal' },
  1011: { message: 'Report Queued for Processing', status: 202, severity: 'Warning' },
  1020: { message: 'Client has made too many requests', status: 429, severity: 'Fatal' },
  1030: { message: 'Insufficient Information to Process Request', status: 400, severity: 'Fatal' },
  2000: { message: 'Requestor Not Authorized to Access Service', status: 401, severity: 'Error' },
  2010: {
    message: 'Requestor is Not Authorized to Access Usage for Institution',
    status: 403,
    severity: 'Error',
  },
  2011: { message: 'Global Reports Not Supported', status: 403, severity: 'Error' },
  2020: { message: 'APIKey Invalid', status: 401, severity: 'Error' },
  3000: { message: 'Report Not Supported', status: 404, severity: 'Error' },
  3010: { message: 'Report Version Not Supported', status: 404, severity: 'Error' },
  3020: { message: 'Invalid Date Arguments', status: 400, severity: 'Error' },
  3030: { message: 'No Usage Available for Requested Dates', status: 200, severity: 'Error' },
  3031: { message: 'Usage Not Ready for Requested Dates', status: 200, severity: 'Warning' },
  3032: { message: 'Usage No Longer Available for Requested Dates', status: 200, severity: 'Warning' },
  3040: { message: 'Partial Data Returned', status: 200, severity: 'Warning' },
  3050: { message: 'Parameter Not Recognized in this Context', status: 200, severity: 'Warning' },
  3060: { message: 'Invalid ReportFilter Value', status: 200, severity: 'Warning' },
  3061: { message: 'Incongruous ReportFilter Value', status: 200, severity: 'Warning' },
  3062: { message: 'Invalid ReportAttribute Value', status: 200, severity: 'Warning' },
  3063: { message: 'Components Not Supported', status: 200, severity: 'Warning' },
  3070: { message: 'Required ReportFilter Missing', status: 200, severity: 'Warning' },
} as const satisfies Readonly<Record<number, Row>>;

export type ExceptionCode = keyof typeof rows;

/** What is wrong with a request, or other in a report than was asked for. */
export interface CounterException {
  code: ExceptionCode;
  /** What it is in this case. */
  data?: string;
}

/** The status of the answer that tells the exception. Of those with 200 the report's header tells. */
export function exceptionStatus({ code }: CounterException): number {
  return rows[code].status;
}

/** The exception as JSON (CoP 5.1, appendix D; CoP 5, appendix F). */
export function exceptionJson({ code, data }: CounterException, release: Release): object {
  const { message, severity } = rows[code];
  return {
    Code: code,
    ...(release === '5' && { Severity: severity }),
    Message: message,
    ...(data !== undefined && { Data: data }),
  };
}

/** The exceptions as they stand in the header of a table (CoP 5.1, table 3.f). */
export function exceptionsText(exceptions: readonly CounterException[]): string {
  return exceptions
    .map(({ code, data }) => `${code}: ${rows[code].message}${data === undefined ? '' : ` (${data})`}`)
    .join('; ');
}
