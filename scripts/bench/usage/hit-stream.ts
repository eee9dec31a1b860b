import { Agent, get } from 'node:http';

const CONNECTIONS = 64;
const TICK_MS = 5;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

interface Told {
  investigations: number;
  requests: number;
}

/** Sends hits to a tracker at a fixed rate, whether they are answered or not, each of another reader. */
export class HitStream {
  /** COUNTER's totals of the hits that were answered with 200, and of those that had no answer. */
  readonly answered: Told = { investigations: 0, requests: 0 };
  readonly unanswered: Told = { investigations: 0, requests: 0 };
  /** Milliseconds from sending to the answer, of each that came while the rate was held. */
  readonly latencies: number[] = [];
  /** How long the rate was held the first time, and what was answered in it. */
  seconds = 0;
  answeredInTime = 0;
  readonly #url: string;
  readonly #items: readonly string[];
  readonly #perSecond: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  #sent = 0;
  #answers = 0;
  #awaited: { answers: number; resolve: () => void } | undefined;

  constructor(options: { url: string; items: readonly string[]; perSecond: number }) {
    this.#url = options.url;
    this.#items = options.items;
    this.#perSecond = options.perSecond;
  }

  /** Resolves when as many seconds are over and each hit has its answer, or the connection is gone. */
  async send(seconds: number): Promise<void> {
    const begun = performance.now();
    const hits: Promise<void>[] = [];
    const total = seconds * this.#perSecond;
    while (hits.length < total) {
      const due = Math.min(total, Math.ceil(((performance.now() - begun) / 1_000) * this.#perSecond));
      while (hits.length < due) hits.push(this.#hit());
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await Promise.all(hits);
    if (this.seconds > 0) return;
    this.seconds = (performance.now() - begun) / 1_000;
    this.answeredInTime = this.#answers;
  }

  /** Resolves when as many more answers have come. */
  answers(more: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = { answers: this.#answers + more, resolve };
    });
  }

  #hit(): Promise<void> {
    const n = this.#sent++;
    const isRequest = n % 2 === 0;
    const query = new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: new Date().toISOString(),
      req_id: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
      req_dat: AGENT,
      'rft.artnum': this.#items[n % this.#items.length] ?? '',
      rfr_dat: '',
      rfr_id: 'repository.example',
      svc_dat: 'https://repository.example/file.pdf',
      rft_dat: isRequest ? 'Request' : 'Investigation',
    });
    const sent = performance.now();
    return new Promise((resolve) => {
      let isDone = false;
      const done = (told: Told): void => {
        if (isDone) return;
        isDone = true;
        // A request is an investigation too (COUNTER 5.1 §3.3.4).
        told.investigations += 1;
        if (isRequest) told.requests += 1;
        resolve();
      };
      const request = get(`${this.#url}/tracker?${query.toString()}`, { agent: this.#agent }, (response) => {
        response.resume();
        response.once('error', () => done(this.unanswered));
        response.once('end', () => {
          if (response.statusCode !== 200) throw new Error(`a hit was answered with ${response.statusCode}`);
          this.#answers += 1;
          this.latencies.push(performance.now() - sent);
          if (this.#awaited !== undefined && this.#answers >= this.#awaited.answers) this.#awaited.resolve();
          done(this.answered);
        });
      });
      request.once('error', () => done(this.unanswered));
    });
  }
}
