import type { Picture } from '../core/types.ts';
import type { Drawing } from '../digest/types.ts';

/** As SVG: drawing is pure; it is rendered when it is sent. */
export const asPicture = ({ name, alt, svg }: Drawing): Picture => ({
  ...{ name, mediaType: 'image/svg+xml', alt },
  base64: Buffer.from(svg, 'utf8').toString('base64'),
});
