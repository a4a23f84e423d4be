/**
 * PNG with a palette: a drawing has few colours, so one byte a pixel says nearly all of it and the file is a third of the
 * renderer's own. Colours beyond 256 (edges of letters) take the nearest that is kept.
 */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const deflated = promisify(deflate);
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;
/** Higher levels take several times as long for a few per cent. */
const LEVEL = 6;

export interface Image {
  width: number;
  height: number;
  /** RGBA, four bytes a pixel, opaque, on a four-byte boundary. */
  pixels: Uint8Array;
}

export async function palettePng({ width, height, pixels }: Image): Promise<Buffer> {
  const seen = countsOf(pixels);
  const { palette, placeOf } = paletteOf(seen);
  // Each row begins with its filter: 0, none, which suits flat colours best.
  const rows = Buffer.alloc((width + 1) * height);
  const bytes = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  let last = bytes[0]!;
  let place = placeOf[key(last)]!;
  for (let y = 0, from = 0; y < height; y++) {
    const start = y * (width + 1) + 1;
    for (let x = 0; x < width; x++) {
      const pixel = bytes[from++]!;
      if (pixel !== last) {
        last = pixel;
        place = placeOf[key(pixel)]!;
      }
      rows[start + x] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Depth 8, colour type 3 (palette), deflate, adaptive filters, not interlaced.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((pixel) => [red(pixel), green(pixel), blue(pixel)]))),
    chunk('IDAT', await deflated(rows, { level: LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// A pixel read as one little-endian number: 0xAABBGGRR.
const red = (pixel: number): number => pixel & 0xff;
const green = (pixel: number): number => (pixel >> 8) & 0xff;
const blue = (pixel: number): number => (pixel >> 16) & 0xff;
/** Five bits of each channel: near enough that no eye tells, few enough to count. */
const key = (pixel: number): number => (red(pixel) >> 3) | ((green(pixel) >> 3) << 5) | ((blue(pixel) >> 3) << 10);
const KEYS = 1 << 15;

interface Seen {
  counts: Uint32Array;
  /** The first pixel of each key. */
  exact: Uint32Array;
}

function countsOf(pixels: Uint8Array): Seen {
  const bytes = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
  const counts = new Uint32Array(KEYS);
  const exact = new Uint32Array(KEYS);
  let last = bytes[0]!;
  let run = 0;
  const close = () => {
    const k = key(last);
    if (counts[k] === 0) exact[k] = last;
    counts[k]! += run;
  };
  for (const pixel of bytes) {
    if (pixel !== last) {
      close();
      last = pixel;
      run = 0;
    }
    run++;
  }
  close();
  return { counts, exact };
}

/** The most frequent colours, and for every colour of the image the place of its nearest among them. */
function paletteOf({ counts, exact }: Seen): { palette: number[]; placeOf: Uint8Array } {
  const keys: number[] = [];
  counts.forEach((count, k) => {
    if (count > 0) keys.push(k);
  });
  keys.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const palette = keys.slice(0, COLOURS).map((k) => exact[k]!);
  const placeOf = new Uint8Array(KEYS);
  keys.forEach((k, place) => {
    placeOf[k] = place < COLOURS ? place : nearest(palette, exact[k]!);
  });
  return { palette, placeOf };
}

function nearest(palette: number[], pixel: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < palette.length; i++) {
    const other = palette[i]!;
    const distance =
      (red(other) - red(pixel)) ** 2 + (green(other) - green(pixel)) ** 2 + (blue(other) - blue(pixel)) ** 2;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
