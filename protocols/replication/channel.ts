/** A stream of frames in both ways, as libp2p's length-prefixed streams give it, or a pair in memory in a test. */
export interface FrameChannel {
  /** The next frame. Rejects when the stream ends, is reset, or the signal is aborted. */
  read(signal: AbortSignal): Promise<Uint8Array>;
  /** Resolves when the stream has room for more. */
  write(frame: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Ends the stream at once, both ways. */
  abort(reason: Error): void;
}
