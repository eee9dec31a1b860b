export { LookupClient } from './client.ts';
export { LookupError } from './errors.ts';
export {
  limits,
  LOOKUP_PROTOCOL,
  requestFromWire,
  requestToWire,
  responseFromWire,
  responseToWire,
  type KnownRecord,
  type LookupRequest,
  type LookupResponse,
} from './messages.ts';
export { serveLookup } from './server.ts';
