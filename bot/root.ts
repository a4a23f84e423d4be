/** The project's folder, from the sources, the bundle and the build alike: where `prisma/plans/` stands. */
import { existsSync } from 'node:fs';
import path from 'node:path';

function up(dir: string): string {
  return existsSync(path.join(dir, 'prisma/plans')) || path.dirname(dir) === dir ? dir : up(path.dirname(dir));
}

export const root = up(import.meta.dirname);
