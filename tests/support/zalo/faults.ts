/** Misfortunes that a test orders for coming calls. */
export type Fault = { method?: string; times?: number } & (
  | { kind: 'answer'; code: number; description: string }
  /** A gateway's page instead of JSON. */
  | { kind: 'gateway' }
  /** The connection breaks before the call is acted on. */
  | { kind: 'dropBefore' }
  /** The call is acted on, but its answer gets lost. */
  | { kind: 'dropAfter' }
);

export interface Faults {
  add(fault: Fault): void;
  /** The misfortune of a call, if one is due. */
  take(method: string): Fault | undefined;
}

export function createFaults(): Faults {
  let due: (Fault & { left: number })[] = [];
  return {
    add: (fault) => {
      due.push({ ...fault, left: fault.times ?? 1 });
    },
    take(method) {
      const fault = due.find((f) => !f.method || f.method === method);
      if (fault && --fault.left === 0) due = due.filter((f) => f !== fault);
      return fault;
    },
  };
}
