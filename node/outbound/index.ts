export { failureOfAnswer, failureOfError, pauseAfter, type DeliveryFailure } from './delivery-failure.ts';
export { OutboundError, type OutboundErrorCode } from './errors.ts';
export { hostOf, OnePerHost } from './one-per-host.ts';
export { WakefulLoop } from './wakeful-loop.ts';
export { ipv4Within, isPublicAddress, isPublicHost } from './public-address.ts';
export { guardedFetch, type Fetch } from './guarded-fetch.ts';
