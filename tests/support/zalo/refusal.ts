/** An error as Zalo answers it: with status 200. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }

  get body(): string {
    return JSON.stringify({ ok: false, error_code: this.code, description: this.message });
  }
}
