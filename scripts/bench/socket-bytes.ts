import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** What goes through the TCP sockets of this process: those opened and those accepted from now on. */
export class SocketBytes {
  readonly #sockets = new Set<Socket>();
  readonly #note = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#closed.written += socket.bytesWritten;
      this.#closed.read += socket.bytesRead;
      this.#sockets.delete(socket);
    });
  };
  readonly #closed = { written: 0, read: 0 };

  constructor() {
    channel('net.client.socket').subscribe(this.#note);
    channel('net.server.socket').subscribe(this.#note);
  }

  /** @returns what was written while the work was done */
  async during(work: () => Promise<void>): Promise<number> {
    const before = this.written;
    await work();
    return this.written - before;
  }

  stop(): void {
    channel('net.client.socket').unsubscribe(this.#note);
    channel('net.server.socket').unsubscribe(this.#note);
  }

  get written(): number {
    return [...this.#sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, this.#closed.written);
  }

  get read(): number {
    return [...this.#sockets].reduce((sum, { bytesRead }) => sum + bytesRead, this.#closed.read);
  }
}
