import { z } from 'zod';
import { baseUrl, text, wholeNumber, yesOrNo } from './values.ts';

/** The web side. */
export const httpSettings = z.strictObject({
  // Every IPv4 address: a node is there to be read by others, and `::` cannot be bound where IPv6 is switched off.
  host: text()
    .default('0.0.0.0')
    .describe('Address to listen on. 127.0.0.1 where a reverse proxy on the same machine stands in front.'),
  port: wholeNumber(0, 65_535)
    .default(8080)
    .describe('Port of the web pages and protocols; 0 takes a free one.'),
  trustProxy: yesOrNo()
    .default(false)
    .describe('Believe the X-Forwarded-… headers. Only behind a reverse proxy that sets them itself.'),
  requestsPerSecond: wholeNumber(0, 100_000)
    .default(50)
    .describe(
      'Requests that are answered of one public address a second, after a burst of twenty times as many; 0 for any number.',
    ),
  internalUrl: baseUrl()
    .exactOptional()
    .describe(
      'Where processes of the role "http" reach the writer, as http://10.0.0.5:8080. Without it, the address it listens on, and where that is every address, the name of its machine.',
    ),
});
