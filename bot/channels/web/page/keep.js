// The device's storage; where the browser forbids it, the page works without.

/** @param {string} name @param {any} otherwise */
export function load(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`trucban.${name}`) ?? 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value empty text and empty lists are not kept */
export function save(name, value) {
  try {
    if (value === '' || (Array.isArray(value) && value.length === 0)) localStorage.removeItem(`trucban.${name}`);
    else localStorage.setItem(`trucban.${name}`, JSON.stringify(value));
  } catch {
    // Private browsing or a full disk: nothing is kept.
  }
}

/** A version 4 UUID; `crypto.randomUUID` is missing where the page is not served over https. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

const claim = load('claim', null) ?? uuid();
save('claim', claim);

/** By these the server gives this device, and no other, the session that registering brings. */
export const credentials = () => {
  const name = load('name', '');
  return { claim, ...(name && { name }) };
};

/** Nothing of the person stays on the device. */
export function forget() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith('trucban.')) localStorage.removeItem(name);
  } catch {
    // Nothing was kept either.
  }
}
