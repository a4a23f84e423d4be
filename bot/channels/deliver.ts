/**
 * Adapts a reply to what a channel can carry, once for all channels: splits what is too long, numbers choices where
 * there are no buttons, says in words what cannot be shown. Nothing is dropped: every word and every label arrives.
 */
import type { Choice, Picture, Reply, Text } from '../core/types.ts';
import { say } from '../text/say.ts';
import type { Limits, MadePaper, Part } from './channel.ts';
import { split, trim } from './split.ts';

/** What stands between two blocks of one message. */
export const GAP = '\n\n';

/** A message as bare text; its length is what a channel's limits count. */
export const plainText = (blocks: readonly Text[]): string => blocks.map((b) => b.text).join(GAP);

/**
 * The messages a reply becomes on a channel, in the order in which they are to be sent. The same reply and limits give
 * the same parts, so a delivery that was interrupted goes on with the next one.
 *
 * @param made the reply's document, for a channel that uploads it; null when it could not be made
 */
export function partsOf(reply: Reply, limits: Limits, made: MadePaper | null = null): Part[] {
  const parts = said(reply, limits);
  if (reply.paper && limits.papers === 'link') parts.at(-1)!.paper = reply.paper;
  // The words that announce it come before it.
  return made ? [...parts, { text: [], choices: [], document: made }] : parts;
}

function said(reply: Reply, limits: Limits): Part[] {
  const choices = reply.choices ?? [];
  const buttons = fitButtons(choices, limits) ? choices : [];
  const picture = reply.picture && showable(reply.picture, limits) ? reply.picture : undefined;
  const blocks = reply.text.map((block) => ({ ...block, text: trim(block.text) }));
  if (reply.picture && !picture) blocks.push({ as: 'text', text: say('channels:picture', { alt: reply.picture.alt }) });
  if (reply.paper && !limits.papers)
    blocks.push({ as: 'text', text: say('channels:paper', { name: reply.paper.name }) });
  if (choices.length > buttons.length) blocks.push(...(reply.byLabel ? named(choices) : numbered(choices)));
  const words = blocks.filter((block) => block.text !== '');

  if (picture && plainText(words).length <= limits.caption) return [{ text: words, choices: buttons, picture }];
  // Buttons need a message to stand under.
  if (words.length === 0 && buttons.length > 0) words.push({ as: 'text', text: say('channels:choose') });
  const messages = pack(words, limits.text);
  const parts: Part[] = messages.map((text, i) => ({ text, choices: i === messages.length - 1 ? buttons : [] }));
  return picture ? [{ text: [], choices: [], picture }, ...parts] : parts;
}

const fitButtons = (choices: readonly Choice[], { choices: { max, label } }: Limits): boolean =>
  choices.length <= max && choices.every((choice) => choice.label.length <= label);

const showable = (picture: Picture, limits: Limits): boolean =>
  limits.pictures && (limits.pictureTypes?.includes(picture.mediaType) ?? true);

const numbered = (choices: readonly Choice[]): Text[] => [
  { as: 'text', text: choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n') },
  { as: 'note', text: say('channels:typeNumber') },
];

/** Labels that are read at a glance stand in one line. */
const SHORT = 40;

function named(choices: readonly Choice[]): Text[] {
  const labels = choices.map(({ label }) => label);
  if (labels.every((label) => label.length <= SHORT && !label.includes('·')))
    return [{ as: 'note', text: say('channels:typeLabel', { labels: labels.join(' · ') }) }];
  return [
    { as: 'note', text: say('channels:typeOneOf') },
    { as: 'text', text: labels.map((label) => `- ${label}`).join('\n') },
  ];
}

/** Fills messages with whole blocks; a block longer than a message is split, each piece a block of the same kind. */
function pack(blocks: readonly Text[], max: number): Text[][] {
  const messages: Text[][] = [];
  let room = 0;
  for (const block of blocks)
    for (const text of split(block.text, max)) {
      const piece = { as: block.as, text };
      if (messages.length > 0 && GAP.length + text.length <= room) {
        messages.at(-1)!.push(piece);
        room -= GAP.length + text.length;
      } else {
        messages.push([piece]);
        room = max - text.length;
      }
    }
  return messages;
}
