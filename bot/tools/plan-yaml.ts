/** A proposal as an official reads and corrects it: the form of `prisma/plans/`, with a remark above each doubtful place. */
import { dump } from 'js-yaml';
import type { Proposal } from '../plan/read/types.ts';
import type { Item, PlanFile } from '../plan/schema.ts';
import { say } from '../text/say.ts';

const yaml = (value: unknown): string => dump(value, { lineWidth: 116, noRefs: true });

export function planYaml({ file, parts }: Proposal): string {
  const { document, duties, facts, ...head } = file;
  const remarks = (key: string) =>
    (parts.find((p) => p.key === key)?.doubts ?? []).map(
      ({ reason, words }) => `# CHƯA CHẮC: ${say(`import:reason.${reason}`, { words: words ?? '' })}\n`,
    );
  const listed = (items: readonly unknown[], keyOf: (item: never) => string | null) =>
    items
      .map((item) => {
        const key = keyOf(item as never);
        return indent([...(key === null ? [] : remarks(key)), yaml([item])].join(''));
      })
      .join('\n');
  return [
    ...remarks('head'),
    yaml(head),
    '\ndocument:\n\n',
    listed(document, (item: Item) => ('passage' in item ? item.passage : null)),
    duties.length > 0 ? '\nduties:\n\n' : '\nduties: []\n',
    listed(duties, (duty: PlanFile['duties'][number]) => duty.id),
    '\nfacts:\n',
    indent(yaml(facts)),
  ].join('');
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
