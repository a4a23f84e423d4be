/** Where a verbatim text may be cut: what remains is the plan's own words, and the mark says that more follows. */
const MORE = ' […]';
/** A comma or colon, but for those within one name: "phòng, chống", "xã, phường, đặc khu". */
const LESSER = /(?<!phòng|xã|phường)[,:](?=\s)/gu;

/** In quotation marks, but for what has some of its own, and shortened to fit. */
export function quoted(text: string, limit: number): string {
  const short = shorten(text, limit);
  return /[“”"]/.test(short) ? short : `“${short}”`;
}

/**
 * The text whole if it fits, else cut at the last end of a sentence within the limit, else at a semicolon, else at a
 * comma or between words, always with the mark of what is left out. `limit` counts the mark.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - MORE.length + 1);
  // Less than a third of the room would hardly say anything.
  const least = room.length / 3;
  for (const ends of [/[.!?]["”]?(?=\s)/g, /;(?=\s)/g, LESSER]) {
    const cut = [...room.matchAll(ends)].at(-1);
    if (cut && cut.index >= least) return room.slice(0, cut.index + cut[0].length) + MORE;
  }
  return room.slice(0, Math.max(room.lastIndexOf(' '), 1)).trimEnd() + MORE;
}
