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
