import { WebSocket } from 'undici';

/** Node 20 lacks the global `WebSocket` (Node 22 has it), which libp2p calls others with. */
export function provideWebSocket(): void {
  (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
}
