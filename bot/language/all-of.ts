/** Every match of a global pattern that never matches nothing. `matchAll` copies the pattern each time: dearer than most searches. */
export function allOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const all: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) all.push(match);
  return all;
}
