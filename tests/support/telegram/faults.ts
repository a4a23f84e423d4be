/** Misfortunes that a test orders for coming calls. */
export type Fault = { method?: string; times?: number } & (
  | {
      kind: 'answer';
      code: number;
      description: string;
      parameters?: { retry_after?: number; migrate_to_chat_id?: number };
    }
  /** A gateway's page instead of JSON. */
  | { kind: 'gateway' }
  /** The connection breaks before the call is acted on. */
  | { kind: 'dropBefore' }
  /** The call is acted on, but its answer gets lost. */
  | { kind: 'dropAfter' }
);

/** Picks the misfortune of a call by chance. */
export type Sprinkle = (method: string, body: Buffer) => Fault | undefined;

export interface Faults {
  add(fault: Fault): void;
  sprinkle(pick: Sprinkle): void;
  /** The misfortune of a call, if one is due. */
  take(method: string, body: Buffer): Fault | undefined;
}

export function createFaults(): Faults {
  let due: (Fault & { left: number })[] = [];
  let sprinkled: Sprinkle = () => undefined;
  return {
    sprinkle(pick) {
      sprinkled = pick;
    },
    add: (fault) => {
      due.push({ ...fault, left: fault.times ?? 1 });
    },
    take(method, body) {
      const fault = due.find((f) => !f.method || f.method === method);
      if (fault && --fault.left === 0) due = due.filter((f) => f !== fault);
      return fault ?? sprinkled(method, body);
    },
  };
}
