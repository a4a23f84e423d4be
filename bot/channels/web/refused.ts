import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A request that is answered with a status and a Vietnamese sentence saying what to do. */
export class Refused extends Error {
  readonly status: ContentfulStatusCode;
  /** Whole seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(status: ContentfulStatusCode, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
