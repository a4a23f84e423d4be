/** Width and height of a picture, so that the page keeps its place before the picture has arrived. */
import type { Picture } from '../../core/types.ts';

export function sizeOf(picture: Picture): { width: number; height: number } | null {
  return picture.mediaType === 'image/png' ? pngSize(picture.base64) : svgSize(picture.base64);
}

/** A PNG starts with its signature (8 bytes) and the IHDR chunk, which holds both at bytes 16 and 20. */
function pngSize(base64: string) {
  const head = Buffer.from(base64.slice(0, 32), 'base64');
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function svgSize(base64: string) {
  const head = Buffer.from(base64.slice(0, 2000), 'base64').toString('utf8');
  const box = /viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"/.exec(head);
  const width = Math.round(Number(box?.[1]));
  const height = Math.round(Number(box?.[2]));
  return width > 0 && height > 0 ? { width, height } : null;
}
