import type * as OnnxRuntime from 'onnxruntime-web';
import { DenseError } from './errors.ts';

export type Runtime = typeof OnnxRuntime;

/** Of the same make and the same interface: native code first, where the operator has installed it. */
const PACKAGES = ['onnxruntime-node', 'onnxruntime-web'] as const;

/** ONNX Runtime, from whichever of its packages is installed. @throws DenseError `DENSE_NO_RUNTIME` */
export async function loadRuntime(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<Runtime> {
  const causes: unknown[] = [];
  for (const name of PACKAGES) {
    try {
      const loaded = (await load(name)) as Runtime & { default?: Runtime };
      const runtime = loaded.default ?? loaded;
      // In Node.js its WebAssembly has one thread, and warns of more.
      if (name === 'onnxruntime-web') runtime.env.wasm.numThreads = 1;
      return runtime;
    } catch (cause) {
      causes.push(cause);
    }
  }
  throw new DenseError(
    'DENSE_NO_RUNTIME',
    '"related.model" names a model, and no package is installed that runs it.',
    'Install one beside NGR Node: "npm install onnxruntime-web" (runs everywhere) or "npm install onnxruntime-node" (faster).',
    causes.find((cause) => (cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') ?? causes[0],
  );
}
