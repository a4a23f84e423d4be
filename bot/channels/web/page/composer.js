// Writing: Enter sends, Shift+Enter breaks the line, what is not sent yet survives a reload.
import { boot, byId, el, t } from './boot.js';
import { load, save } from './keep.js';

const form = /** @type {HTMLFormElement} */ (byId('composer'));
const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
const said = byId('text-said');
const list = byId('command-list');
const opener = byId('open-commands');

/** From here on the characters left are told. */
const NEARLY = 300;

const attach = byId('attach');
const file = /** @type {HTMLInputElement} */ (byId('file'));

/**
 * @param {(text: string) => boolean} send false while there is nobody to send it: the text stays
 * @param {(file: File, caption: string) => Promise<void>} sendFile fails with words for the person
 */
export function createComposer(send, sendFile) {
  /** Of the draft's place; null while a place is being entered. @type {string | null} */
  let name = null;
  /** Enter was pressed while there was nobody to send it. */
  let pressed = false;

  function keep() {
    if (name !== null) save(name, text.value);
  }

  function grow() {
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + 2}px`;
    const left = boot.mostText - text.value.trim().length;
    const words = left < 0 ? t('tooLong', { count: -left }) : left < NEARLY ? t('left', { count: left }) : '';
    if (said.textContent !== words) said.textContent = words;
    said.classList.toggle('wrong', left < 0);
    text.setAttribute('aria-invalid', String(left < 0));
    form.classList.toggle('empty', text.value.trim() === '');
    return left >= 0;
  }

  function submit() {
    const value = text.value.trim();
    if (value === '' || !grow()) {
      text.focus();
      return;
    }
    pressed = !send(value);
    if (pressed) return;
    text.value = '';
    keep();
    grow();
  }

  text.addEventListener('input', () => {
    pressed = false;
    grow();
    keep();
  });
  text.addEventListener('keydown', (event) => {
    // While an input method composes (Telex, VNI), Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    text.focus();
  });

  attach.onclick = () => file.click();
  file.onchange = async () => {
    const [chosen] = file.files ?? [];
    file.value = '';
    if (!chosen) return;
    // Before minutes of a slow link are spent on what is refused anyway.
    if (chosen.size > boot.mostFile) {
      said.textContent = t('fileTooBig', { most: boot.mostFile / 1024 / 1024 });
      said.classList.add('wrong');
      return;
    }
    attach.setAttribute('aria-disabled', 'true');
    said.textContent = t('sendingFile', { name: chosen.name });
    const caption = text.value.trim();
    try {
      await sendFile(chosen, caption);
      if (text.value.trim() === caption) text.value = '';
      keep();
      grow();
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
      said.classList.add('wrong');
    }
    attach.setAttribute('aria-disabled', 'false');
  };

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
  }
  opener.hidden = boot.commands.length === 0;
  opener.onclick = () => {
    show(list.hidden === true);
    if (!list.hidden) list.querySelector('button')?.focus();
  };
  list.append(
    ...boot.commands.map((command) =>
      el(
        'button',
        {
          type: 'button',
          className: 'command',
          onclick: () => {
            show(false);
            opener.focus();
            send(command.text);
          },
        },
        el('span', { className: 'command-label' }, command.label),
        el('span', { className: 'command-text' }, command.text),
      ),
    ),
  );
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || list.hidden) return;
    show(false);
    opener.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !form.contains(event.target)) show(false);
  });

  return {
    /** What is written from here on belongs to the place that is entered next. */
    leave() {
      keep();
      name = null;
      pressed = false;
      text.value = '';
      grow();
    },
    /** Takes up what was being written in a place, behind it what was typed while the place was loading. @param {string} key */
    enter(key) {
      const before = name === null ? load(`draft.${key}`, '') : '';
      name = `draft.${key}`;
      if (before !== '') {
        // With a draft before it, it is no longer what Enter was pressed for.
        pressed = false;
        text.value = [before, text.value].filter(Boolean).join('\n');
      }
      keep();
      grow();
    },
    /** There is somebody to send now what Enter was pressed for. */
    ready() {
      if (pressed) submit();
    },
    /** @param {boolean} may whether whoever writes here may send files */
    files(may) {
      attach.hidden = !may;
    },
    /** There is nobody to write to until the page is loaded anew; nothing of what was being written stays. */
    close() {
      form.hidden = true;
      name = null;
      pressed = false;
      text.value = '';
    },
    focus: () => text.focus(),
  };
}
