/**
 * Files that go with reports. One is fetched only while its sender has a form open that takes files; what it is is checked
 * by its bytes; it is kept in DATA_DIR under its hash before the event is handled, so that nothing acknowledged is lost.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Channel } from '../channels/channel.ts';
import type { Event, Session } from '../core/types.ts';
import { kindOfBytes } from '../report/attachment.ts';
import type { FileRules, FormDefinition } from '../report/types.ts';

export type SentFile = Event & { kind: 'sent' };

export interface Attachments {
  /** What the open form takes; null while none is open that takes files. */
  rulesOf(session: Session): FileRules | null;
  /** The event with what became of its file. Never throws for a file that is wrong or cannot be had. */
  keep(event: SentFile, rules: FileRules): Promise<SentFile>;
}

export interface AttachmentsNeeds {
  /** `<DATA_DIR>/files` */
  folder: string;
  forms: readonly FormDefinition[];
  channelOf(event: Event): Channel | undefined;
}

const MB = 1024 * 1024;

export function createAttachments({ folder, forms, channelOf }: AttachmentsNeeds): Attachments {
  return {
    rulesOf({ draft }) {
      const form = draft && forms.find(({ id, version }) => id === draft.form && version === draft.version);
      return draft && !draft.paused && form?.files?.on ? form.files : null;
    },

    async keep(event, { kinds, most }) {
      const refused = (why: 'big' | 'kind' | 'gone'): SentFile => ({ ...event, file: { ...event.file, refused: why } });
      if (event.file.size > most * MB) return refused('big');
      const bytes = await channelOf(event)?.download?.(event.file, most * MB);
      if (!bytes || bytes.length === 0) return refused('gone');
      if (bytes.length > most * MB) return refused('big');
      const kind = kindOfBytes(bytes);
      if (!kind || !kinds.includes(kind)) return refused('kind');
      const hash = createHash('sha256').update(bytes).digest('hex');
      await save(path.join(folder, hash), bytes);
      return { ...event, file: { ...event.file, kept: { hash, kind, size: bytes.length } } };
    },
  };
}

/** The bytes of a kept file; null when it is not there. */
export async function readAttachment(folder: string, hash: string): Promise<Buffer | null> {
  return /^[0-9a-f]{64}$/.test(hash) ? readFile(path.join(folder, hash)).catch(() => null) : null;
}

/** Whole or not at all: written aside, forced to the disk, then given its name. The same bytes are kept once. */
async function save(file: string, bytes: Uint8Array): Promise<void> {
  const known = await stat(file).catch(() => null);
  if (known?.size === bytes.length) return;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.part`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
}
