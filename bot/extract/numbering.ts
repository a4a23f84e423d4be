/** The numbers and dashes that Word writes itself: they stand in no paragraph, only in its list. */
import { type Tag, walkXml } from './xml.ts';

interface Level {
  start: number;
  format: string;
  text: string;
}

interface List {
  levels: Map<number, Level>;
  counters: number[];
}

export interface Numbering {
  /** What stands before the next paragraph of a list: `I.`, `1.2.`, `-`; empty for none. */
  next(list: string, level: number): string;
  /** The list of a style, where its paragraphs name none of their own. */
  ofStyle(style: string): { list: string; level: number } | null;
}

const given = (tag: Tag): string => tag.attributes['w:val'] ?? '';

export function readNumbering(numbering: string | null, styles: string | null): Numbering {
  const shapes = new Map<string, Map<number, Level>>();
  const lists = new Map<string, { shape: string; starts: Map<number, number>; used: boolean }>();
  const counters = new Map<string, List>();
  if (numbering) readShapes(numbering, shapes, lists);
  const byStyle = styles ? readStyles(styles) : new Map<string, { list: string; level: number; on: string }>();

  function ofStyle(style: string): { list: string; level: number } | null {
    for (let at: string | undefined = style, steps = 0; at && steps < 20; at = byStyle.get(at)?.on, steps++) {
      const found = byStyle.get(at);
      if (found?.list) return { list: found.list, level: found.level };
    }
    return null;
  }

  return {
    ofStyle,
    next(id, level) {
      const list = lists.get(id);
      const levels = list && shapes.get(list.shape);
      const own = levels?.get(level);
      if (!list || !own) return '';
      const state = counters.get(list.shape) ?? { levels: levels!, counters: [] };
      counters.set(list.shape, state);
      if (!list.used) {
        list.used = true;
        for (const [at, start] of list.starts) state.counters[at] = start - 1;
      }
      if (own.format === 'bullet') return /^[-–—+•*]$/u.test(own.text) ? own.text : '-';
      if (own.format === 'none') return '';
      state.counters[level] = (state.counters[level] ?? own.start - 1) + 1;
      state.counters.length = level + 1;
      return own.text.replace(/%(\d)/g, (_, n: string) => {
        const at = Number(n) - 1;
        return written(state.counters[at] ?? levels!.get(at)?.start ?? 1, levels!.get(at)?.format ?? 'decimal');
      });
    },
  };
}

function readShapes(
  xml: string,
  shapes: Map<string, Map<number, Level>>,
  lists: Map<string, { shape: string; starts: Map<number, number>; used: boolean }>,
): void {
  let shape: Map<number, Level> | null = null;
  let level: Level | null = null;
  let list: { shape: string; starts: Map<number, number>; used: boolean } | null = null;
  let override = 0;
  walkXml(xml, {
    open(tag) {
      if (tag.name === 'w:abstractNum') {
        shape = new Map();
        shapes.set(tag.attributes['w:abstractNumId'] ?? '', shape);
      } else if (tag.name === 'w:lvl' && shape) {
        level = { start: 1, format: 'decimal', text: '' };
        shape.set(Number(tag.attributes['w:ilvl']), level);
      } else if (tag.name === 'w:num') {
        list = { shape: '', starts: new Map(), used: false };
        lists.set(tag.attributes['w:numId'] ?? '', list);
      } else if (tag.name === 'w:abstractNumId' && list) list.shape = given(tag);
      else if (tag.name === 'w:lvlOverride') override = Number(tag.attributes['w:ilvl']);
      else if (tag.name === 'w:startOverride' && list) list.starts.set(override, Number(given(tag)));
      else if (level && tag.name === 'w:start') level.start = Number(given(tag)) || 0;
      else if (level && tag.name === 'w:numFmt') level.format = given(tag);
      else if (level && tag.name === 'w:lvlText') level.text = given(tag);
    },
    close(name) {
      if (name === 'w:abstractNum') shape = null;
      else if (name === 'w:lvl') level = null;
      else if (name === 'w:num') list = null;
    },
  });
}

function readStyles(xml: string): Map<string, { list: string; level: number; on: string }> {
  const styles = new Map<string, { list: string; level: number; on: string }>();
  let style: { list: string; level: number; on: string } | null = null;
  walkXml(xml, {
    open(tag) {
      if (tag.name === 'w:style') {
        style = { list: '', level: 0, on: '' };
        styles.set(tag.attributes['w:styleId'] ?? '', style);
      } else if (!style) return;
      else if (tag.name === 'w:basedOn') style.on = given(tag);
      else if (tag.name === 'w:numId') style.list = given(tag);
      else if (tag.name === 'w:ilvl') style.level = Number(given(tag));
    },
    close(name) {
      if (name === 'w:style') style = null;
    },
  });
  return styles;
}

const ROMAN: [number, string][] = [
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function written(n: number, format: string): string {
  if (format === 'upperRoman' || format === 'lowerRoman') {
    let rest = Math.min(Math.max(n, 0), 200);
    let text = '';
    for (const [value, sign] of ROMAN) for (; rest >= value; rest -= value) text += sign;
    return format === 'upperRoman' ? text : text.toLowerCase();
  }
  if (format === 'lowerLetter' || format === 'upperLetter') {
    const letter = String.fromCharCode(97 + ((n - 1 + 26 * 100) % 26));
    return format === 'lowerLetter' ? letter : letter.toUpperCase();
  }
  return format === 'decimalZero' && n < 10 ? `0${n}` : String(n);
}
