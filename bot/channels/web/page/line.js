// One line of the chat as elements.
import { address } from './api.js';
import { el, t } from './boot.js';
import { timeOf } from './time.js';

/** @type {Record<import('./api.js').Text['as'], (text: string) => HTMLElement>} */
const paragraphs = {
  title: (text) => el('h3', { className: 'title' }, text),
  text: (text) => el('p', { className: 'text' }, text),
  note: (text) => el('p', { className: 'note' }, text),
  quote: (text) =>
    el('blockquote', { className: 'quote' }, el('span', { className: 'hidden' }, `${t('quote')} `), text),
};

/** @param {import('./api.js').Line} line */
export function speakerOf(line) {
  if (line.who === 'bot') return t('bot');
  return line.who === 'me' ? t('me') : (line.name ?? t('someone'));
}

/** @param {import('./api.js').Line} line @param {import('./api.js').Where} where @param {boolean} first of its speaker in a row */
export function lineElement(line, where, first) {
  const who = speakerOf(line);
  const time = timeOf(line.at);
  return el(
    'article',
    { className: `line ${line.who}${first ? ' first' : ''}`, 'data-seq': line.seq },
    el('p', { className: 'hidden' }, t('saidAt', { who, time })),
    first &&
      line.who !== 'me' &&
      el('p', { className: 'speaker', 'aria-hidden': 'true' }, who, el('span', { className: 'time' }, time)),
    el(
      'div',
      { className: 'bubble' },
      line.picture && pictureElement(line, where, line.picture),
      line.paper && paperLink(line, where, line.paper.name),
      ...line.text.map((part) => paragraphs[part.as](part.text)),
    ),
    line.who === 'me' && el('p', { className: 'time', 'aria-hidden': 'true' }, time),
  );
}

/** @param {import('./api.js').Line} line @param {import('./api.js').Where} where @param {string} name */
function paperLink(line, where, name) {
  const link = el('a', { href: address(`/web/papers/${line.seq}`, where), download: name }, t('download', { name }));
  return el('p', { className: 'text' }, link);
}

/** @param {import('./api.js').Line} line @param {import('./api.js').Where} where @param {{ alt: string, width?: number, height?: number }} picture */
function pictureElement(line, where, picture) {
  const src = address(`/web/pictures/${line.seq}`, where);
  const img = el('img', { src, alt: picture.alt, width: picture.width, height: picture.height, decoding: 'async' });
  const link = el('a', { href: src, target: '_blank', rel: 'noopener', title: t('openPicture') }, img);
  img.onerror = () => link.replaceWith(el('p', { className: 'note' }, t('noPicture', { alt: picture.alt })));
  return el('figure', { className: 'picture' }, link);
}

/** Buttons under the bot's last message.
 * @param {import('./api.js').Choice[]} choices @param {(choice: import('./api.js').Choice, byKeyboard: boolean) => void} choose */
export function choiceButtons(choices, choose) {
  return el(
    'div',
    { className: 'choices', role: 'group', 'aria-label': t('choices') },
    ...choices.map((choice) =>
      el(
        'button',
        {
          type: 'button',
          className: 'choice',
          onclick: (/** @type {MouseEvent} */ e) => choose(choice, e.detail === 0),
        },
        choice.label,
      ),
    ),
  );
}

/** The same choices once the talk has gone on: to be read, not pressed.
 * @param {import('./api.js').Choice[]} choices @param {string | null} picked label */
export function pastChoices(choices, picked) {
  return el(
    'ul',
    { className: 'past', 'aria-label': t('pastChoices') },
    ...choices.map(({ label }) =>
      el(
        'li',
        { className: label === picked ? 'picked' : '' },
        label,
        label === picked && el('span', { className: 'hidden' }, ` (${t('picked')})`),
      ),
    ),
  );
}
