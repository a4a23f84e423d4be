/** The talks that answer questions about the plans, in the order in which they hear; the one that refuses hears last. */
import type { AnyTalk } from '../core/talk.ts';
import { deadline } from './deadline.ts';
import { facts } from './facts.ts';
import { how } from './how.ts';
import { notRight } from './not-right.ts';
import { owner } from './owner.ts';
import { refuse } from './refuse.ts';
import { search } from './search.ts';
import { createSeveral } from './several.ts';
import { smalltalk } from './smalltalk.ts';
import { status } from './status.ts';
import { tasks } from './tasks.ts';

const single: readonly AnyTalk[] = [tasks, deadline, how, status, facts, owner, search, smalltalk, refuse];

export const questionTalks: readonly AnyTalk[] = [notRight, createSeveral(single), ...single];
