/** Plans that administrators send: fetched, read, proposed, reviewed, published. Nothing is published unconfirmed. */
import type { Channel } from '../channels/channel.ts';
import { isAdministrator } from '../core/rights.ts';
import type { Address, Change, ChannelId, Json, Person, Reply } from '../core/types.ts';
import type { Extracted } from '../extract/types.ts';
import { LIMITS } from '../extract/types.ts';
import { assemblePlan } from '../plan/assemble.ts';
import { checkPlan } from '../plan/check.ts';
import { proposePlan, tasksIn } from '../plan/read/propose.ts';
import {
  type Edit,
  editDraft,
  type HeadEdit,
  newDraft,
  publishedFile,
  type Reviewed,
  reviewOf,
} from '../plan/read/review.ts';
import { isSure } from '../plan/read/types.ts';
import type { PlanFile } from '../plan/schema.ts';
import type { Book, Unit } from '../plan/types.ts';
import { ChangeRefused, type PlanImport, type PlanVersion, type Store } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Clock } from './clock.ts';
import type { Knowledge } from './knowledge.ts';
import { createLanes } from './lanes.ts';
import type { Log } from './log.ts';

export interface ImportsNeeds {
  store: Store;
  knowledge: Knowledge;
  channels: ReadonlyMap<ChannelId, Channel>;
  clock: Clock;
  chance(): string;
  extract(bytes: Uint8Array, name: string): Promise<Extracted>;
  /** Begins to deliver to somebody. */
  deliver(to: Address): void;
  /** Everybody concerned is told of a published plan. */
  published(): void;
  /** Where the page for reviewing is, or null when nobody outside can reach it. */
  page: string | null;
  log: Log;
}

export interface Shown {
  import: PlanImport;
  review: Reviewed | null;
}

export type Outcome = 'done' | 'changed' | 'unknown' | 'notReady' | { problems: string[] };

export interface Imports {
  /** Fetches and reads what was sent in chat and waits. */
  wake(): void;
  idle(): Promise<void>;
  /** A file that came with its bytes. @returns the import's id */
  upload(bytes: Uint8Array, name: string, by: Person, address: Address | null): Promise<string>;
  list(): Promise<{ imports: Omit<PlanImport, 'draft'>[]; versions: PlanVersion[] }>;
  show(id: string): Promise<Shown | null>;
  edit(id: string, revision: number, edit: Edit, by: Person): Promise<Outcome>;
  publish(id: string, revision: number, by: Person): Promise<Outcome>;
  drop(id: string, by: Person): Promise<Outcome>;
  /** Takes over what another instance published. */
  refresh(): Promise<void>;
}

export function createImports(needs: ImportsNeeds): Imports {
  const { store, knowledge, clock, log } = needs;
  const lanes = createLanes();
  const book = (): Book => knowledge.plans.book;

  const actor = (by: Person, address: Address | null = null) => ({ person: by.id, address, at: clock.now() });

  async function apply(change: Change, by: Person): Promise<Outcome> {
    if (!isAdministrator(by)) throw new Error('only administrators load plans');
    try {
      await store.transaction((tx) => tx.apply(change, actor(by)));
      return 'done';
    } catch (error) {
      if (error instanceof ChangeRefused) return error.reason === 'importUnknown' ? 'unknown' : 'changed';
      throw error;
    }
  }

  /** Reads a file, keeps what came of it, and tells the administrator. */
  async function settle(one: Pick<PlanImport, 'id' | 'fileName' | 'address'>, read: Extracted | 'gone'): Promise<void> {
    const failed =
      read === 'gone'
        ? { trouble: 'gone', detail: null }
        : read.ok
          ? null
          : { trouble: read.trouble, detail: read.detail ?? null };
    const paragraphs = read !== 'gone' && read.ok ? read.paragraphs : [];
    const result = failed ?? { draft: newDraft(paragraphs) };
    if (!(await store.shelf.readImport(one.id, result)) || !one.address) return;
    const text = failed
      ? say(`import:trouble.${failed.trouble as 'gone'}`, { detail: failed.detail ?? '' })
      : summary(newDraft(paragraphs));
    const reply: Reply = {
      text: [
        { as: 'title', text: say('import:read', { file: one.fileName }) },
        { as: 'text', text },
        ...(failed
          ? []
          : [
              {
                as: 'text' as const,
                text: needs.page ? say('import:open', { page: `${needs.page}#${one.id}` }) : say('import:openWeb'),
              },
            ]),
      ],
    };
    const to = one.address;
    await store.transaction((tx) => tx.send({ to, reply, key: `import/${one.id}` }, clock.now()));
    needs.deliver(to);
  }

  function summary(draft: ReturnType<typeof newDraft>): string {
    const proposal = proposePlan(draft.paragraphs, book());
    const tasks = tasksIn(proposal.file);
    if (tasks.length === 0) return say('import:noTasks', { paragraphs: draft.paragraphs.length });
    return say('import:summary', {
      title: proposal.file.title,
      passages: proposal.file.document.filter((item) => 'passage' in item).length,
      ...{ tasks: tasks.length, roles: tasks.reduce((n, t) => n + t.assigned!.length, 0) },
      ...{ duties: proposal.file.duties.length, unsure: proposal.parts.filter((p) => !isSure(p)).length },
    });
  }

  async function fetched(one: Omit<PlanImport, 'draft'>): Promise<Extracted | 'gone'> {
    const channel = needs.channels.get((one.address ?? '').split(':', 1)[0] as ChannelId);
    if (!one.file || !channel?.download) return 'gone';
    if (one.file.size > LIMITS.bytes)
      return { ok: false, trouble: 'big', detail: String(Math.ceil(one.file.size / 1024 / 1024)) };
    const bytes = await channel.download(one.file, LIMITS.bytes);
    return bytes ? needs.extract(bytes, one.fileName) : 'gone';
  }

  async function work(): Promise<void> {
    for (const one of await store.shelf.imports()) {
      if (one.state !== 'reading' || !one.file) continue;
      try {
        await settle(one, await fetched(one));
      } catch (error) {
        log.error({ import: one.id, error: String(error) }, 'a plan could not be read');
      }
    }
  }

  async function refresh(): Promise<void> {
    if ((await store.shelf.newest()) <= knowledge.seq()) return;
    if (await knowledge.update(await store.shelf.versions())) await store.saveBook(book());
  }

  /** What the loader would find wrong in the plan's file. */
  function problemsOf(file: PlanFile, units: readonly Unit[], head: HeadEdit): string[] {
    const unitIds = [...book().units, ...units].map(({ id }) => id);
    const problem = (path: readonly PropertyKey[], message: string) => ({
      file: '',
      line: null,
      at: path.map(String).join(' › '),
      message,
    });
    const known = {
      units: new Set(unitIds),
      parties: new Set([...unitIds, ...book().groups.map(({ id }) => id)]),
      topics: new Set(book().topics.map(({ id }) => id)),
    };
    // What a person wrote of the plan need not stand in it.
    const own = (path: string) =>
      (path === 'issuer' || path === 'title') && (head[path] !== undefined || file[path] === '?');
    const found = checkPlan({ file: 'plan.yaml', value: file, problem }, known)
      .filter(({ at }) => !own(at))
      .map(({ at, message }) => `${at}: ${message}`);
    const empty = file.duties
      .filter(({ parties }) => parties.length === 0)
      .map(({ name }) => say('import:dutyEmpty', { name }));
    const missing = (['title', 'issuer'] as const).flatMap((key) =>
      file[key] === '?' ? [say(`import:missing.${key}`)] : [],
    );
    return [...found, ...missing, ...empty, ...(tasksIn(file).length === 0 ? [say('import:noTask')] : [])];
  }

  return {
    wake: () => void lanes.run('imports', work).catch((error) => log.error({ error: String(error) }, 'imports failed')),
    idle: () => lanes.idle(),
    async upload(bytes, name, by, address) {
      const id = needs.chance().slice(0, 16);
      await apply({ kind: 'beginImport', id, file: null, fileName: name, address }, by);
      const read = await needs.extract(bytes, name).catch((): Extracted => ({ ok: false, trouble: 'broken' }));
      await settle({ id, fileName: name, address: null }, read);
      return id;
    },
    async list() {
      const [imports, versions] = [await store.shelf.imports(), await store.shelf.versions()];
      return { imports, versions };
    },
    async show(id) {
      const found = await store.shelf.import(id);
      return (
        found && {
          import: found,
          review: found.draft && found.state === 'review' ? reviewOf(found.draft, book()) : null,
        }
      );
    },
    async edit(id, revision, edit, by) {
      const found = await store.shelf.import(id);
      if (!found?.draft || found.state !== 'review') return 'unknown';
      if (found.revision !== revision) return 'changed';
      const draft = editDraft(found.draft, edit, book());
      return apply({ kind: 'saveImport', id, revision, draft, edit: edit as unknown as Json }, by);
    },
    async publish(id, revision, by) {
      const found = await store.shelf.import(id);
      if (!found?.draft || found.state !== 'review') return 'unknown';
      if (found.revision !== revision) return 'changed';
      const review = reviewOf(found.draft, book());
      if (!review.ready) return 'notReady';
      const file = publishedFile(review, book());
      const problems = problemsOf(file, review.units, found.draft.edits.head);
      if (problems.length > 0) return { problems };
      const before = knowledge.plans.plan(file.id) ?? null;
      const outcome = await apply(
        { kind: 'publishPlan', id, revision, plan: assemblePlan(file), units: review.units, before },
        by,
      );
      if (outcome === 'done') {
        await refresh();
        needs.published();
      }
      return outcome;
    },
    drop: (id, by) => apply({ kind: 'dropImport', id }, by),
    refresh,
  };
}
