import { z } from "@hono/zod-openapi";
import { locationHints } from "../../decision/shard-map.ts";
import { jsonContent, jsonRequest, keySecurity } from "./common.ts";
import { route } from "./route.ts";

const backupSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: "The name of a backup" });
const backupParams = z.object({ backup: backupSchema });
const objectParams = backupParams.extend({
  object: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}(:[0-9]{1,2})?$/)
    .openapi({
      description:
        "`registry`, a decision's id for its room, or that with `:` and a shard's number",
      example: "mangrove-restoration-2027-5d3a8c07e19f:3",
    }),
});
const hintSchema = z
  .enum(locationHints)
  .nullable()
  .openapi({ description: "Where Cloudflare was asked to put it" });
const basisSchema = z.string().nullable().openapi({
  description:
    "Of a draft: where it is another after room and shards were read, they are to be read anew",
});
/** A dump's UUID and the number of a page. */
const afterSchema = z.string().regex(/^[0-9a-f-]{36}\.[0-9]{1,9}$/, "`next` of the page before");

export const beginBackupRoute = route({
  method: "post",
  path: "/api/v1/backups",
  summary: "Begin a backup of the whole record, which the audit log records",
  description:
    "What it reads is encrypted by the Worker to BACKUP_RECIPIENT, an age recipient, before it leaves. `npx enviro backup` does it to the end.",
  security: keySecurity("admin"),
  errors: ["backup.no_recipient"],
  responses: {
    201: jsonContent(
      z.object({ backup: backupSchema, recipient: z.string(), release: z.string() }),
      "Begun",
    ),
  },
});

export const listBackupObjectsRoute = route({
  method: "get",
  path: "/api/v1/backups/{backup}/objects",
  summary: "List the objects of the record, some decisions at a time",
  security: keySecurity("admin"),
  request: { params: backupParams, query: z.object({ after: z.string().max(512).optional() }) },
  errors: ["backup.not_found"],
  responses: {
    200: jsonContent(
      z.object({
        items: z
          .array(z.object({ object: z.string(), location_hint: hintSchema, basis: basisSchema }))
          .openapi({ description: "In the order in which to read them: a room before its shards" }),
        next: z.string().nullable(),
      }),
      "Some",
    ),
  },
});

export const readBackupPageRoute = route({
  method: "get",
  path: "/api/v1/backups/{backup}/objects/{object}",
  summary: "Read a page of an object, encrypted",
  description:
    "Without `after` a new look at the object begins. All its pages show it as it was then; where that can't be done any more it is refused as changed.",
  security: keySecurity("admin"),
  request: { params: objectParams, query: z.object({ after: afterSchema.optional() }) },
  errors: ["backup.no_recipient", "backup.not_found", "backup.changed"],
  responses: {
    200: jsonContent(
      z.object({
        page: z.int().openapi({ description: "From 1 on" }),
        next: z.string().nullable().openapi({ description: "Null with the last page" }),
        ciphertext: z
          .string()
          .openapi({ description: "An age file (age-encryption.org/v1), in base64" }),
      }),
      "A page",
    ),
  },
});

export const restorePageRoute = route({
  method: "put",
  path: "/api/v1/backups/{backup}/objects/{object}",
  summary: "Give an empty object a page of a backup, decrypted",
  description:
    "In the order of the pages, into an object that nobody has used, in a deployment with the same secrets. A repeat changes nothing. Shards come before their room, and the registry last. `npx enviro restore` does it to the end.",
  security: keySecurity("admin"),
  request: {
    params: objectParams,
    ...jsonRequest(
      z
        .strictObject({
          text: z.string().openapi({ description: "The page as it was decrypted" }),
          mac: z.string().max(100),
          location_hint: hintSchema.default(null),
        })
        .openapi("RestoredPage"),
    ),
  },
  errors: ["backup.not_found", "restore.not_empty", "restore.out_of_turn", "restore.not_ours"],
  responses: { 204: { description: "It is on disk" } },
});
