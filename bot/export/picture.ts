/** Renders a digest's drawing to PNG in the process, off the main thread. The font comes with the package, so every machine draws the same. */
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import type { Picture } from '../core/types.ts';
import type { Drawing } from '../digest/types.ts';
import { palettePng } from './png.ts';

const require = createRequire(import.meta.url);
/** The weights that `bot/digest/svg.ts` uses; each file covers every Vietnamese letter. No font of the machine is looked at. */
export const PICTURE_FONT = {
  loadSystemFonts: false,
  fontFiles: ['400Regular', '600SemiBold', '700Bold'].map((weight) =>
    require.resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/BeVietnamPro_${weight}.ttf`),
  ),
  defaultFontFamily: 'Be Vietnam Pro',
};

/** The same for a picture that is kept as SVG. */
export const renderSvg = ({ name, alt, base64 }: Picture): Promise<Picture> =>
  renderPicture({ name, alt, svg: Buffer.from(base64, 'base64').toString('utf8') });

export async function renderPicture(drawing: Pick<Drawing, 'name' | 'alt' | 'svg'>): Promise<Picture> {
  const image = await renderAsync(drawing.svg, { font: PICTURE_FONT });
  const png = await palettePng(image);
  return { name: drawing.name, mediaType: 'image/png', alt: drawing.alt, base64: png.toString('base64') };
}
