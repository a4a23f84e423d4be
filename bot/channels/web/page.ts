/** The files of the page, held in memory; its words come from `locales/vi/web.json`. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import words from '../../../locales/vi/web.json' with { type: 'json' };
import workplace from '../../../locales/vi/workplace.json' with { type: 'json' };

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
  /** Whether files can be sent. */
  files: boolean;
  /** UTF-16 units of one message. */
  mostText: number;
  /** Bytes of one file. */
  mostFile: number;
  /** Offered beside the text field: the text each sends, and what it is for. */
  commands: readonly { text: string; label: string }[];
}

export interface Page {
  /** Changes with any file: the files' address carries it, so they may be kept for ever. */
  version: string;
  html: string;
  /** The standing agency's page. */
  totals: string;
  /** The administrators' page of plans. */
  plans: string;
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
  const hash = createHash('sha256').update(readFileSync(path.join(chartFolder, 'package.json')));
  const templates = new Map<string, string>();
  let worker = '';
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(path.join(folder, name));
    hash.update(name).update(bytes);
    const mediaType = MEDIA_TYPES[path.extname(name)];
    if (name.endsWith('.html')) templates.set(name, bytes.toString('utf8'));
    else if (name === WORKER) worker = bytes.toString('utf8');
    else if (mediaType === 'image/png') files.set(name, { body: new Uint8Array(bytes), mediaType });
    else if (mediaType) files.set(name, { body: bytes.toString('utf8'), mediaType });
  }
  const version = hash.digest('hex').slice(0, 12);
  const base = `/web/page/${version}`;
  const address = (name: string) => `${base}/${name}`;
  const modules = (of: (name: string) => boolean) =>
    [...files.keys()]
      .filter((name) => name.endsWith('.js') && of(name))
      .map((name) => `<link rel="modulepreload" href="${address(name)}">`)
      .join('');
  const common = { base, mode: boot.rehearsal ? 'rehearsal' : 'live' };
  const said = { ...words.page, ...workplace.page };
  // What is kept for when there is no network is the chat; totals are only ever as they stand.
  const shell = JSON.stringify({ version, files: ['/', ...[...files.keys()].filter(ofChat).map(address)] });
  return {
    version,
    html: filled(templates.get('index.html')!, words.page, {
      ...{ ...common, preload: modules(ofChat) },
      boot: bootOf({ ...boot, words: words.page }),
    }),
    totals: filled(templates.get('totals.html')!, said, {
      ...{ ...common, preload: modules(ofTotals) },
      boot: bootOf({ rehearsal: boot.rehearsal, words: said }),
    }),
    plans: filled(templates.get('plans.html')!, said, {
      ...{ ...common, preload: modules(ofPlans) },
      boot: bootOf({ rehearsal: boot.rehearsal, words: said }),
    }),
    file: (name) => (name === CHART ? chartFile() : (files.get(name) ?? null)),
    worker: worker.replace("'{{shell}}'", shell),
    manifest: JSON.stringify(manifest(address)),
  };
}

const WORKER = 'worker.js';
const ofChat = (name: string): boolean => !/^(totals|plans)/.test(name);
const ofPlans = (name: string): boolean => /^plans|^(api|boot|keep)\.js$/.test(name);
const ofTotals = (name: string): boolean => /^totals|^(api|boot|keep)\.js$/.test(name);

const CHART = 'chart.js';
const require = createRequire(import.meta.url);
/** Its `exports` name neither of the two files that are read. */
const chartFolder = path.join(path.dirname(require.resolve('chart.js')), '..');
let chartRead: PageFile | undefined;
/** Two hundred kilobytes that one page wants: read when they are asked for. */
const chartFile = (): PageFile =>
  (chartRead ??= {
    body: readFileSync(path.join(chartFolder, 'dist/chart.umd.min.js'), 'utf8').replace(
      /\n\/\/# sourceMappingURL=.*\s*$/,
      '',
    ),
    mediaType: MEDIA_TYPES['.js']!,
  });

function filled(template: string, said: Record<string, string>, others: Record<string, string>): string {
  return template.replace(/\{\{([\w:]+)\}\}/g, (whole, key: string) => {
    const text = key.startsWith('t:') ? said[key.slice(2)] : undefined;
    const value = text === undefined ? others[key] : escaped(text);
    if (value === undefined) throw new Error(`the page names an unknown value: ${whole}`);
    return value;
  });
}

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

const bootOf = (data: object): string => `<script type="application/json" id="boot">${dataIn(data)}</script>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** "<" would let a word end the element it stands in. */
const dataIn = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
