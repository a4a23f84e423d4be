/** Reads multipart/form-data, as Telegram does also where file names stand unquoted. */
export interface FormPart {
  name: string;
  filename?: string;
  bytes: Buffer;
}

export function readMultipart(body: Buffer, contentType: string): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary) throw new Error('multipart without a boundary');
  const mark = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(mark);
  for (;;) {
    const start = at + mark.length + 2;
    const end = body.indexOf(mark, start);
    if (end === -1) return parts;
    const part = body.subarray(start, end - 2);
    const gap = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, gap).toString('utf8');
    const name = /name="?([^";\r\n]+)"?/i.exec(head)?.[1];
    const filename = /filename="?([^";\r\n]+)"?/i.exec(head)?.[1];
    if (!name) throw new Error('multipart with a part that has no name');
    parts.push({ name, bytes: part.subarray(gap + 4), ...(filename && { filename }) });
    at = end;
  }
}
