/** Every Vietnamese sentence of the bot, by typed key: `say('common:stale')`. The words live in `locales/vi/`, one file per talk. */
import i18next from 'i18next';
import approve from '../../locales/vi/approve.json' with { type: 'json' };
import bulletin from '../../locales/vi/bulletin.json' with { type: 'json' };
import channels from '../../locales/vi/channels.json' with { type: 'json' };
import cite from '../../locales/vi/cite.json' with { type: 'json' };
import common from '../../locales/vi/common.json' with { type: 'json' };
import deadline from '../../locales/vi/deadline.json' with { type: 'json' };
import desk from '../../locales/vi/desk.json' with { type: 'json' };
import digest from '../../locales/vi/digest.json' with { type: 'json' };
import extend from '../../locales/vi/extend.json' with { type: 'json' };
import facts from '../../locales/vi/facts.json' with { type: 'json' };
import follow from '../../locales/vi/follow.json' with { type: 'json' };
import group from '../../locales/vi/group.json' with { type: 'json' };
import guard from '../../locales/vi/guard.json' with { type: 'json' };
import handover from '../../locales/vi/handover.json' with { type: 'json' };
import how from '../../locales/vi/how.json' with { type: 'json' };
import importing from '../../locales/vi/import.json' with { type: 'json' };
import invite from '../../locales/vi/invite.json' with { type: 'json' };
import learn from '../../locales/vi/learn.json' with { type: 'json' };
import link from '../../locales/vi/link.json' with { type: 'json' };
import mark from '../../locales/vi/mark.json' with { type: 'json' };
import matter from '../../locales/vi/matter.json' with { type: 'json' };
import menu from '../../locales/vi/menu.json' with { type: 'json' };
import official from '../../locales/vi/official.json' with { type: 'json' };
import owner from '../../locales/vi/owner.json' with { type: 'json' };
import paper from '../../locales/vi/paper.json' with { type: 'json' };
import people from '../../locales/vi/people.json' with { type: 'json' };
import places from '../../locales/vi/places.json' with { type: 'json' };
import record from '../../locales/vi/record.json' with { type: 'json' };
import refuse from '../../locales/vi/refuse.json' with { type: 'json' };
import rehearsal from '../../locales/vi/rehearsal.json' with { type: 'json' };
import reminder from '../../locales/vi/reminder.json' with { type: 'json' };
import report from '../../locales/vi/report.json' with { type: 'json' };
import search from '../../locales/vi/search.json' with { type: 'json' };
import sent from '../../locales/vi/sent.json' with { type: 'json' };
import sheets from '../../locales/vi/sheets.json' with { type: 'json' };
import smalltalk from '../../locales/vi/smalltalk.json' with { type: 'json' };
import start from '../../locales/vi/start.json' with { type: 'json' };
import status from '../../locales/vi/status.json' with { type: 'json' };
import target from '../../locales/vi/target.json' with { type: 'json' };
import tasks from '../../locales/vi/tasks.json' with { type: 'json' };
import totals from '../../locales/vi/totals.json' with { type: 'json' };
import web from '../../locales/vi/web.json' with { type: 'json' };
import workplace from '../../locales/vi/workplace.json' with { type: 'json' };

const vi = {
  approve,
  bulletin,
  channels,
  cite,
  common,
  deadline,
  desk,
  digest,
  extend,
  facts,
  follow,
  group,
  guard,
  handover,
  how,
  import: importing,
  invite,
  learn,
  link,
  mark,
  matter,
  menu,
  official,
  owner,
  paper,
  people,
  places,
  record,
  refuse,
  rehearsal,
  reminder,
  report,
  search,
  sent,
  sheets,
  smalltalk,
  start,
  status,
  target,
  tasks,
  totals,
  web,
  workplace,
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof vi;
  }
}

const i18n = i18next.createInstance();
void i18n.init({
  lng: 'vi',
  resources: { vi },
  initAsync: false,
  // Replies are plain text; each channel escapes for itself.
  interpolation: { escapeValue: false },
});

/** Sentences without parameters, as they were looked up first: most replies say some, and they never change. */
const said = new Map<string, string>();

export const say = ((key: string, parameters?: Record<string, unknown>) => {
  if (parameters !== undefined) return i18n.t(key as never, parameters as never);
  let sentence = said.get(key);
  if (sentence === undefined) {
    sentence = i18n.t(key as never) as string;
    said.set(key, sentence);
  }
  return sentence;
}) as unknown as typeof i18n.t;
