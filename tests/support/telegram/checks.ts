/** Rules on keyboards and pictures. */
import { Refusal } from './refusal.ts';
import type { Button } from './state.ts';

const bad = (what: string) => new Refusal(400, `Bad Request: ${what}`);

/** Buttons have one action each; sizes that Telegram leaves open are those that pass in practice. */
export function checkKeyboard(rows: Button[][]): void {
  const buttons = rows.flat();
  if (buttons.length > 100 || JSON.stringify(rows).length > 10_240) throw bad('REPLY_MARKUP_TOO_LONG');
  for (const row of rows) if (row.length < 1 || row.length > 8) throw bad('a row has 1 to 8 buttons');
  for (const { text, ...actions } of buttons) {
    if (text.trim() === '') throw bad("can't parse inline keyboard button: text must be non-empty");
    if (Object.keys(actions).length !== 1) throw bad('BUTTON_TYPE_INVALID');
    const bytes = Buffer.byteLength(actions.callback_data ?? 'x');
    if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID');
  }
}

/** Up to 10 MB, width and height 10,000 together, at most 20 times as long as broad. */
export function checkPhoto(bytes: Uint8Array): void {
  if (bytes.length > 10 * 1024 * 1024) throw bad('too big for a photo');
  const size = sizeOf(Buffer.from(bytes));
  if (!size) throw bad('IMAGE_PROCESS_FAILED');
  const [short, long] = size.sort((a, b) => a - b) as [number, number];
  if (short < 1 || short + long > 10_000 || long / short > 20) throw bad('PHOTO_INVALID_DIMENSIONS');
}

/** Only PNG pictures are sent by this bot; a JPEG's size is not read. */
function sizeOf(bytes: Buffer): number[] | null {
  const png = bytes.length > 24 && bytes.subarray(1, 4).toString('latin1') === 'PNG';
  return png ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : null;
}
