/** What was said on the other devices of the same person, to be read: each device's chat stays its own. */
import type { Hono } from 'hono';
import type { WebHistory, WebLine } from '../../core/web.ts';
import type { Devices } from './devices.ts';
import type { FindPlace } from './place.ts';
import { type LineView, viewOf } from './view.ts';

/** Lines of them all together. */
const MOST = 100;

export interface ElsewhereNeeds {
  history: Pick<WebHistory, 'lines'>;
  devices: Pick<Devices, 'others'>;
  findPlace: FindPlace;
}

export function elsewhereRoutes(web: Hono, { history, devices, findPlace }: ElsewhereNeeds): void {
  web.get('/web/elsewhere', async (c) => {
    const { device } = await findPlace(c);
    const chats = device ? await devices.others(device) : [];
    const lines = (await Promise.all(chats.map((chat) => history.lines(chat, null, MOST)))).flat();
    c.header('Cache-Control', 'no-store');
    return c.json({
      lines: lines
        .sort((a, b) => a.at - b.at || a.seq - b.seq)
        .slice(-MOST)
        .map(readOnly),
    });
  });
}

/** Nothing to press, and no picture or document, whose addresses are those of the own chat: in their place what they are. */
function readOnly(line: WebLine): LineView {
  const { id: _, choices: __, picture, paper, ...view } = viewOf(line, line.chat);
  const told = [picture?.alt, paper?.name].filter((text) => text !== undefined);
  return { ...view, text: [...view.text, ...told.map((text) => ({ as: 'note' as const, text }))] };
}
