import type { Address } from '../core/types.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import * as parse from './parse.ts';
import { filePicture, type Gallery, hashesIn, unfile } from './pictures.ts';
import type { WebHistory, WebLine } from './port.ts';
import { clean, given, sqlTime, toInstant, toJson } from './values.ts';

type Row = Prisma.WebLineGetPayload<object>;
type Body = ReturnType<typeof parse.webBody.parse>;

function toLine(row: Row, body: Body, pictures: ReadonlyMap<string, string>): WebLine {
  const { chat, seq, id, from, fromName, at } = row;
  return {
    seq,
    chat: chat as Address,
    id,
    from: from as WebLine['from'],
    ...given('fromName', fromName),
    at: toInstant(at),
    body: unfile(body, pictures) as WebLine['body'],
  };
}

export function createWebHistory({ prisma }: Database, gallery: Gallery): WebHistory {
  return {
    async append({ chat, id, from, fromName, at, body }) {
      const said = await filePicture(prisma, body, at);
      // The counter's row is held until the line stands: whoever sees line n has seen every line before it.
      await prisma.$executeRaw`
        WITH next AS (
          INSERT INTO web_chats (chat, last)
          SELECT ${chat}, 1 WHERE NOT EXISTS (SELECT 1 FROM web_lines WHERE id = ${clean(id)})
          ON CONFLICT (chat) DO UPDATE SET last = web_chats.last + 1
          RETURNING last)
        INSERT INTO web_lines (chat, seq, id, "from", from_name, at, body)
        SELECT ${chat}, next.last, ${clean(id)}, ${from}, ${fromName === undefined ? null : clean(fromName)},
          ${sqlTime(at)}::timestamptz, ${JSON.stringify(toJson(said))}::jsonb
        FROM next
        ON CONFLICT (id) DO NOTHING`;
    },
    async lines(chat, after, limit) {
      const rows = await prisma.webLine.findMany({
        where: { chat, ...(after !== null && { seq: { gt: after } }) },
        orderBy: { seq: after === null ? 'desc' : 'asc' },
        take: limit,
      });
      const bodies = rows.map(({ body }) => parse.webBody.parse(body));
      const pictures = await gallery.get(hashesIn(bodies));
      const lines = rows.map((row, i) => toLine(row, bodies[i]!, pictures));
      return after === null ? lines.reverse() : lines;
    },
    async last(chat) {
      const { _max } = await prisma.webLine.aggregate({ where: { chat }, _max: { seq: true } });
      return _max.seq ?? 0;
    },
  };
}
