/** The files of the page, held in memory; its words come from `locales/vi/web.json`. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import words from '../../../locales/vi/web.json' with { type: 'json' };

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface PageFile {
  body: string | Uint8Array<ArrayBuffer>;
  mediaType: string;
}

/** What the page knows before it asks anything. */
export interface Boot {
  rehearsal: boolean;
  /** UTF-16 units of one message. */
  mostText: number;
  /** Offered beside the text field: the text each sends, and what it is for. */
  commands: readonly { text: string; label: string }[];
}

export interface Page {
  /** Changes with any file: the files' address carries it, so they may be kept for ever. */
  version: string;
  html: string;
  file(name: string): PageFile | null;
  /** The worker that keeps the shell for when there is no network; changes with any file. */
  worker: string;
  /** What an installed page is called and looks like. */
  manifest: string;
}

/** The page is no code: a bundled or compiled bot reads it where it is written. */
function folderAbove(dir: string): string {
  const page = path.join(dir, 'bot/channels/web/page');
  return existsSync(page) || path.dirname(dir) === dir ? page : folderAbove(path.dirname(dir));
}

const folder = folderAbove(import.meta.dirname);

export function loadPage(boot: Boot): Page {
  const files = new Map<string, PageFile>();
  const hash = createHash('sha256');
  let template = '';
  let worker = '';
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(path.join(folder, name));
    hash.update(name).update(bytes);
    const mediaType = MEDIA_TYPES[path.extname(name)];
    if (name === 'index.html') template = bytes.toString('utf8');
    else if (name === WORKER) worker = bytes.toString('utf8');
    else if (mediaType === 'image/png') files.set(name, { body: new Uint8Array(bytes), mediaType });
    else if (mediaType) files.set(name, { body: bytes.toString('utf8'), mediaType });
  }
  const version = hash.digest('hex').slice(0, 12);
  const modules = [...files.keys()].filter((n) => n.endsWith('.js'));
  const values: Record<string, string> = {
    ...Object.fromEntries(Object.entries(words.page).map(([key, text]) => [`t:${key}`, escaped(text)])),
    base: `/web/page/${version}`,
    mode: boot.rehearsal ? 'rehearsal' : 'live',
    preload: modules.map((n) => `<link rel="modulepreload" href="/web/page/${version}/${n}">`).join(''),
    boot: `<script type="application/json" id="boot">${dataIn(boot)}</script>`,
  };
  const html = template.replace(/\{\{([\w:]+)\}\}/g, (whole, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`index.html names an unknown value: ${whole}`);
    return value;
  });
  const address = (name: string) => `/web/page/${version}/${name}`;
  const shell = JSON.stringify({ version, files: ['/', ...[...files.keys()].map(address)] });
  return {
    ...{ version, html },
    file: (name) => files.get(name) ?? null,
    worker: worker.replace("'{{shell}}'", shell),
    manifest: JSON.stringify(manifest(address)),
  };
}

const WORKER = 'worker.js';

const manifest = (address: (name: string) => string) => ({
  ...{ id: '/', start_url: '/', scope: '/', display: 'standalone', lang: 'vi', dir: 'ltr' },
  ...{ name: words.page.title, short_name: words.page.title, description: words.page.about },
  ...{ background_color: '#eef2ef', theme_color: '#0d5c4c' },
  icons: [
    { src: address('icon-192.png'), sizes: '192x192', type: 'image/png' },
    { src: address('icon-512.png'), sizes: '512x512', type: 'image/png' },
    { src: address('icon-maskable-512.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
});

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** "<" would let a word end the element it stands in. */
const dataIn = (boot: Boot): string => JSON.stringify({ ...boot, words: words.page }).replaceAll('<', '\\u003c');
