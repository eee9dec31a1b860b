import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** A file that the pages need, under a name that changes with its content, so that browsers can keep it for ever. */
interface Asset {
  /** `style.1a2b3c4d5e6f.css` */
  name: string;
  type: string;
  body: Buffer;
  gzipped: Buffer;
}

export interface Assets {
  stylesheet: Asset;
  icon: Asset;
  /** Shows related items on the pages of other sites. */
  widget: Asset;
}

/** Reads the files beside this module. They are small, and are kept. */
export function loadAssets(): Assets {
  return {
    stylesheet: load('style.css', 'text/css; charset=utf-8'),
    icon: load('icon.svg', 'image/svg+xml'),
    widget: load('widget.js', 'text/javascript; charset=utf-8'),
  };
}

function load(file: string, type: string): Asset {
  const body = readFileSync(new URL(`./assets/${file}`, import.meta.url));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const [stem, extension] = file.split('.');
  return { name: `${stem}.${hash}.${extension}`, type, body, gzipped: gzipSync(body) };
}
