/** A file that came with a message, by the best name Telegram knows for it. */
import type { FileRef } from '../../core/types.ts';
import type { Message, TelegramFile } from './update.ts';

type Kind = 'document' | 'video' | 'animation' | 'audio' | 'voice' | 'video_note';

/** What Telegram leaves out: only documents surely have a name and a type. */
const USUAL: Record<Kind, { extension: string; mediaType: string }> = {
  document: { extension: 'bin', mediaType: 'application/octet-stream' },
  video: { extension: 'mp4', mediaType: 'video/mp4' },
  animation: { extension: 'mp4', mediaType: 'video/mp4' },
  audio: { extension: 'mp3', mediaType: 'audio/mpeg' },
  voice: { extension: 'ogg', mediaType: 'audio/ogg' },
  video_note: { extension: 'mp4', mediaType: 'video/mp4' },
};

export function fileOf(message: Message): FileRef | null {
  // Sizes of one picture come from small to large, but Telegram does not promise it.
  const photo = message.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (photo)
    return {
      id: photo.file_id,
      name: `photo-${photo.file_unique_id}.jpg`,
      mediaType: 'image/jpeg',
      size: photo.file_size ?? 0,
    };
  for (const kind of Object.keys(USUAL) as Kind[]) {
    const file = message[kind];
    if (file) return named(file, kind);
  }
  return null;
}

const named = (file: TelegramFile, kind: Kind): FileRef => ({
  id: file.file_id,
  name: file.file_name ?? `${kind}-${file.file_unique_id}.${USUAL[kind].extension}`,
  mediaType: file.mime_type ?? USUAL[kind].mediaType,
  size: file.file_size ?? 0,
});
