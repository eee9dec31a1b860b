import { createHash } from 'node:crypto';
import { InstitutionError } from './errors.ts';
import { readImageHeader, type ImageHeader } from './image-header.ts';

/** Of the file, bytes. */
export const LOGO_BYTES = 256 * 1024;
/** Of each side, pixels. */
const LOGO_PIXELS = 2_000;

/** The institution's logo. */
export interface Logo {
  type: ImageHeader['type'];
  /** In pixels. */
  width: number;
  height: number;
  bytes: Uint8Array;
  /** Another one for other bytes. */
  version: string;
}

/**
 * A logo as it was handed over. An SVG is none: it may hold script and load other files, and whoever opens it alone would have
 * that run in this site's name.
 * @throws InstitutionError `LOGO_NONE` · `LOGO_BYTES` · `LOGO_KIND` · `LOGO_DAMAGED` · `LOGO_SIZE`
 */
export function readLogo(bytes: Uint8Array): Logo {
  if (bytes.length === 0) throw refusal('LOGO_NONE', 'No file came.', 'Choose a picture.');
  if (bytes.length > LOGO_BYTES)
    throw refusal(
      'LOGO_BYTES',
      `The file has ${bytes.length} bytes.`,
      `Save the picture smaller: ${LOGO_BYTES} bytes are the most.`,
    );
  const header = readImageHeader(bytes);
  if (header === undefined)
    throw refusal('LOGO_KIND', 'The file is no PNG, JPEG or WebP.', 'Save the picture as one of them.');
  const { type, size } = header;
  if (size === undefined)
    throw refusal(
      'LOGO_DAMAGED',
      `The file begins as ${type}, and is not whole.`,
      'Save or fetch it once more.',
    );
  if (size.width > LOGO_PIXELS || size.height > LOGO_PIXELS)
    throw refusal(
      'LOGO_SIZE',
      `The picture has ${size.width} × ${size.height} pixels.`,
      `Make it smaller: ${LOGO_PIXELS} × ${LOGO_PIXELS} are the most.`,
    );
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { type, ...size, bytes, version };
}

function refusal(code: string, message: string, remedy: string): InstitutionError {
  return new InstitutionError(code, message, { remedy });
}
