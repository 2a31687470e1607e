import { z } from "@hono/zod-openapi";
import { jsonContent } from "./common.ts";
import { route } from "./route.ts";

export const signingKeySchema = z
  .object({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    alg: z.literal("EdDSA"),
    use: z.literal("sig"),
    kid: z.string(),
    x: z.string().openapi({ description: "The public key, 32 bytes in base64url" }),
  })
  .openapi("SigningKey");

/** Below `/.well-known/` (RFC 8615), where whoever has a receipt looks without a description. */
export const readSigningKeysRoute = route({
  method: "get",
  path: "/.well-known/enviro-governance/keys",
  summary: "Read the keys that receipts and outcomes are signed with",
  description:
    "A JWK set (RFC 7517): the first key signs, the others did. Keep it with your receipt: what is signed can be shown to anybody who has the key.",
  errors: [],
  responses: {
    200: jsonContent(z.object({ keys: z.array(signingKeySchema) }), "The keys"),
  },
});
