// Requests to the bot. Every failure says in Vietnamese what is wrong and whether trying again may help.
import { boot, t } from './boot.js';
import { credentials } from './keep.js';

/** @typedef {{ as: string | null, in: string | null }} Where */
/** @typedef {{ as: 'text' | 'title' | 'quote' | 'note', text: string }} Text */
/** @typedef {{ token: string, label: string }} Choice */
/** @typedef {{ seq: number, who: 'bot' | 'me' | 'other', id?: string, name?: string, at: number, text: Text[],
 *   choices?: Choice[], picture?: { alt: string, width?: number, height?: number }, paper?: { name: string } }} Line */
/** @typedef {{ now: number, you: { key: string, name?: string, signedIn: boolean, registered: boolean }, chat: { kind: string, title?: string },
 *   lines: Line[], more: boolean, elsewhere?: boolean }} Lines */

export class Failed extends Error {
  /** @param {string} message @param {boolean} retry @param {number} [after] ms @param {number} [status] 0 when nobody answered */
  constructor(message, retry, after, status = 0) {
    super(message);
    this.status = status;
    this.retry = retry;
    this.after = after;
  }
}

/** The address of a route for one person and place.
 * @param {string} path @param {Where} where @param {Record<string, string | number | null>} [values] */
export function address(path, where, values = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...(boot.rehearsal ? where : {}), ...values }))
    if (value !== null) query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** A server that is down never answers; a phone between two cells neither. */
const PATIENCE_MS = 20_000;

/** Another tab may just have got the cookie that is asked for: then the second try carries it. */
const SECOND_TRY_MS = 600;

/** @param {string} url @param {unknown} [body] posted as JSON */
export async function ask(url, body) {
  try {
    return await once(url, body);
  } catch (error) {
    if (!(error instanceof Failed) || error.status !== 401) throw error;
    await new Promise((done) => setTimeout(done, SECOND_TRY_MS));
    return once(url, body);
  }
}

/** @param {string} url @param {unknown} body */
async function once(url, body) {
  let response;
  try {
    response = await fetch(url, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Failed(t('offline'), true);
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const after = Number(response.headers.get('Retry-After')) * 1000;
  const retry = response.status >= 500 || response.status === 429 || response.ok;
  throw new Failed(answer?.error ?? t('offline'), retry, after || undefined, response.status);
}

/** @param {Where} where @param {{ after?: number, limit?: number }} [range] @returns {Promise<Lines>} */
export const getLines = (where, range = {}) => ask(address('/web/lines', where, { ...range }));
/** What was said on the person's other devices. @returns {Promise<{ lines: Line[] }>} */
export const getElsewhere = () => ask('/web/elsewhere');
/** @param {Where} where @param {{ id: string, text?: string, token?: string }} message */
export const post = (where, message) =>
  ask(address('/web/messages', where), { ...message, ...(boot.rehearsal ? {} : credentials()) });
/** A file goes at once or not at all; on a slow link it may take minutes.
 * @param {Where} where @param {string} id @param {File} file @param {string} caption */
export async function postFile(where, id, file, caption) {
  const url = address('/web/files', where, { id, name: file.name, caption });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'X-Trucban-File': '1' },
    body: file,
  }).catch(() => null);
  if (response?.ok) return;
  const answer = await response?.json().catch(() => null);
  throw new Failed(answer?.error ?? t('offline'), false, undefined, response?.status);
}
/** Asks for a fresh cookie where the device's own is good for nothing any more. */
export const comeBack = () => ask('/web/session', {});
/** @param {boolean} everywhere */
export const signOut = (everywhere) => ask('/web/sign-out', { everywhere });
/** @returns {Promise<{ persons: { id: string, name: string }[], groups: { address: string, title: string }[] }>} */
export const getPlaces = () => ask('/rehearsal/places');
/** @param {string} step @returns {Promise<{ now: number }>} */
export const passTime = (step) => ask('/rehearsal/clock', { step });
