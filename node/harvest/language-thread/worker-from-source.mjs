import { register } from 'tsx/esm/api';

/* In tests and while developing, the thread of worker.ts: tsx has to be told anew in each thread. */

register();
await import('./worker.ts');
