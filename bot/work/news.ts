/** Tells whoever listens in this process that the bot has handled something. */
export interface News {
  told(): void;
  /** Returns what ends the listening. */
  listen(ring: () => void): () => void;
}

export function createNews(): News {
  const rings = new Set<() => void>();
  return {
    told() {
      for (const ring of rings) ring();
    },
    listen(ring) {
      rings.add(ring);
      return () => rings.delete(ring);
    },
  };
}
