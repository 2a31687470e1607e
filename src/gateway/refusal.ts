import type { ContentfulStatusCode } from "hono/utils/http-status";
import { gatewayRefusals } from "../shared/gateway-refusals.ts";

/**
 * A refusal with a stable code. Each dialect writes it in its own shape; anything else that is
 * thrown is a plain 500.
 */
export class GatewayRefusal extends Error {
  override readonly name = "GatewayRefusal";
  readonly code: RefusalCode;
  readonly status: ContentfulStatusCode;

  constructor(code: RefusalCode, detail?: string, options?: ErrorOptions) {
    super(
      detail === undefined
        ? gatewayRefusals[code].text
        : `${gatewayRefusals[code].text}: ${detail}`,
      options,
    );
    this.code = code;
    this.status = gatewayRefusals[code].status;
  }
}

export type RefusalCode = keyof typeof gatewayRefusals;
