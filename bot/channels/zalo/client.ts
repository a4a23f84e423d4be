/** Calls the Zalo Bot API. Never throws; nothing it returns contains the token. */
export interface Client {
  call<M extends keyof Results>(method: M, payload: object, signal?: AbortSignal): Promise<Answer<Results[M]>>;
}

export type Answer<T> = { ok: true; result: T } | ({ ok: false } & Failure);

export type Failure =
  /** Zalo answered with an error. */
  | { kind: 'refused'; code: number; description: string }
  /** No answer that Zalo gives: whether it acted is not known. */
  | { kind: 'unreached'; reason: string };

/** The methods the channel uses, with what it reads of their results; all that Zalo sends is checked where it is read. */
export interface Results {
  getMe: unknown;
  getUpdates: unknown;
  sendMessage: unknown;
  sendPhoto: unknown;
  setWebhook: unknown;
  deleteWebhook: unknown;
  getWebhookInfo: unknown;
}

export const API_ROOT = 'https://bot-api.zaloplatforms.com';

/** Zalo ends a long poll with 408. Longer than that, and shorter than the outbox holds a message. */
const TIMEOUT_MS = 45_000;

export function createClient({ token, apiRoot = API_ROOT }: { token: string; apiRoot?: string | undefined }): Client {
  const root = `${apiRoot.replace(/\/+$/, '')}/bot${token}`;
  const withoutToken = (text: string) => text.replaceAll(token, '…');

  async function call(method: string, payload: object, signal: AbortSignal): Promise<Answer<unknown>> {
    const response = await fetch(`${root}/${method}`, {
      method: 'POST',
      // The token goes nowhere else.
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal,
    });
    const body = parsed(await response.text());
    // The status says little: Zalo's own errors come with 200, a gateway's page with anything.
    if (!body) return { ok: false, kind: 'unreached', reason: `HTTP ${response.status}` };
    if (body.ok) return { ok: true, result: body.result };
    const { error_code: code, description } = body;
    return {
      ok: false,
      kind: 'refused',
      code: typeof code === 'number' ? code : response.status,
      description: withoutToken(typeof description === 'string' ? description : ''),
    };
  }

  return {
    async call(method, payload, signal) {
      // Let go of when the call has ended: composed signals of Node's own would pile up until they are collected.
      const ended = new AbortController();
      const leave = () => ended.abort();
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        leave();
      }, TIMEOUT_MS).unref();
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted) leave();
      try {
        return await call(method, payload, ended.signal);
      } catch (error) {
        return { ok: false, kind: 'unreached', reason: late ? 'timeout' : reasonOf(error) };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}

function parsed(text: string): { ok: boolean; result?: unknown; description?: unknown; error_code?: unknown } | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && typeof (body as { ok?: unknown }).ok === 'boolean'
      ? (body as { ok: boolean })
      : null;
  } catch {
    return null;
  }
}

/** Only a code or a kind: the messages of network errors may contain the address called, and with it the token. */
function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string; name?: string }; name?: string };
  return cause?.code ?? name ?? 'unknown';
}
