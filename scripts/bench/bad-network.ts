import { spawnSync } from 'node:child_process';

/** In bits: what a slow line in the country has. */
const SLOW = '256kbit';
const SLOW_DELAY = '200ms';

const ENDING = ['SIGINT', 'SIGTERM'] as const;

export interface Place {
  /** Of the namespace. */
  name: string;
  /** In the network of the nodes. */
  address: string;
  /** By which this process reaches it, whatever is wrong with that network. */
  control: string;
}

/**
 * Machines in network namespaces of this one, joined by a bridge whose cables can be made bad. Needs root and iproute2.
 * Everything is named by this process and is gone after `remove`, or with the process.
 */
export class BadNetwork {
  readonly #prefix = `ngr${process.pid.toString(36)}`;
  readonly #places: Place[] = [];
  readonly #removeAtExit = (reason: number | NodeJS.Signals): void => {
    this.#removeNamespaces();
    if (typeof reason === 'string') process.kill(process.pid, reason);
  };

  /** Why there can be none here; undefined where there can. */
  static whyNot(): string | undefined {
    if (process.platform !== 'linux') return 'network namespaces are of Linux';
    if (process.getuid?.() !== 0) return 'network namespaces need root';
    const name = `ngr${process.pid.toString(36)}-try`;
    const { error, status, stderr } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
    if (error !== undefined) return 'iproute2 is not installed';
    if (status !== 0) return `network namespaces are not allowed: ${stderr.trim()}`;
    spawnSync('ip', ['netns', 'del', name]);
    return undefined;
  }

  constructor(places: number) {
    process.once('exit', this.#removeAtExit);
    for (const signal of ENDING) process.once(signal, this.#removeAtExit);
    const bridge = this.#name('br');
    ip('netns', 'add', bridge);
    ip('-n', bridge, 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', bridge, 'link', 'set', 'bridge', 'up');
    for (let i = 0; i < places; i++) this.#add(i);
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  /** So many of all packets are lost, on every cable. @param share from 0 to 1 */
  lose(share: number): void {
    for (const place of this.#places) {
      const loss = ['root', 'netem', 'loss', `${share * 100}%`];
      if (triesTc(place.name, 'qdisc', 'add', 'dev', 'data', ...loss)) continue;
      // A kernel without netem can do it by BPF: at the bridge, since TCP would notice it at once at its own end of the cable.
      const [bridge, port] = [this.#name('br'), this.#port(place)];
      tc(bridge, 'qdisc', 'add', 'dev', port, 'clsact');
      tc(bridge, 'filter', 'add', 'dev', port, 'ingress', 'bpf', 'da', 'bytecode', dropping(share));
    }
  }

  /** A place gets a slow line. @returns how slow it is */
  slow({ name }: Place): string {
    const root = ['qdisc', 'add', 'dev', 'data', 'root'];
    if (triesTc(name, ...root, 'netem', 'rate', SLOW, 'delay', SLOW_DELAY))
      return `${SLOW}/s, ${SLOW_DELAY} one way`;
    tc(name, ...root, 'tbf', 'rate', SLOW, 'burst', '4kb', 'latency', '2s');
    return `${SLOW}/s (no delay: this kernel has no netem)`;
  }

  /** Pulls the cable of a place. */
  cut(place: Place): void {
    ip('-n', this.#name('br'), 'link', 'set', this.#port(place), 'down');
  }

  join(place: Place): void {
    ip('-n', this.#name('br'), 'link', 'set', this.#port(place), 'up');
  }

  /** All cables are good again. */
  mend(): void {
    for (const place of this.#places) {
      triesTc(place.name, 'qdisc', 'del', 'dev', 'data', 'root');
      triesTc(this.#name('br'), 'qdisc', 'del', 'dev', this.#port(place), 'clsact');
    }
  }

  remove(): void {
    process.off('exit', this.#removeAtExit);
    for (const signal of ENDING) process.off(signal, this.#removeAtExit);
    this.#removeNamespaces();
  }

  #add(i: number): void {
    const name = this.#name(String(i));
    const [outer, port] = [`${this.#prefix}c${i}`, `port${i}`];
    const place = { name, address: `10.213.0.${i + 1}`, control: `10.213.${i + 1}.2` };
    ip('netns', 'add', name);
    this.#places.push(place);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'link', 'add', 'data', 'type', 'veth', 'peer', 'name', port, 'netns', this.#name('br'));
    ip('-n', this.#name('br'), 'link', 'set', port, 'master', 'bridge', 'up');
    ip('-n', name, 'addr', 'add', `${place.address}/24`, 'dev', 'data');
    ip('-n', name, 'link', 'set', 'data', 'up');
    ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', 'control', 'netns', name);
    ip('addr', 'add', `10.213.${i + 1}.1/30`, 'dev', outer);
    ip('link', 'set', outer, 'up');
    ip('-n', name, 'addr', 'add', `${place.control}/30`, 'dev', 'control');
    ip('-n', name, 'link', 'set', 'control', 'up');
  }

  #port(place: Place): string {
    return `port${this.#places.indexOf(place)}`;
  }

  #name(suffix: string): string {
    return `${this.#prefix}-${suffix}`;
  }

  /** With a namespace go its cables, both ends. What still runs in one would keep it. */
  #removeNamespaces(): void {
    for (const { name } of this.#places) {
      const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' });
      for (const pid of stdout.split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
      spawnSync('ip', ['netns', 'del', name]);
    }
    spawnSync('ip', ['netns', 'del', this.#name('br')]);
  }
}

/** Drops packets, in classic BPF: `ld rand; jge share · 2³², pass; ret TC_ACT_SHOT; pass: ret TC_ACT_OK`. */
function dropping(share: number): string {
  return `4,32 0 0 4294963256,53 1 0 ${Math.floor(share * 2 ** 32)},6 0 0 2,6 0 0 0`;
}

function ip(...args: string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`);
}

function tc(namespace: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync('tc', ['-n', namespace, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tc ${args.join(' ')}: ${error?.message ?? stderr}`);
}

function triesTc(namespace: string, ...args: string[]): boolean {
  return spawnSync('tc', ['-n', namespace, ...args]).status === 0;
}
