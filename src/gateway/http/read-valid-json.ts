import type { Context } from "hono";
import type { z } from "zod";
import { GatewayRefusal } from "../refusal.ts";

/** The body as the schema has it; no body at all is `undefined`, which a commit may be. */
export async function readValidJson<T extends z.ZodType>(
  c: Context,
  schema: T,
): Promise<z.infer<T>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text === "" ? undefined : parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GatewayRefusal(
    "body.invalid",
    `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayRefusal("body.not_json");
  }
}
