import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { openLineFile } from "../command-line/line-file.ts";
import { UsageError } from "../command-line/usage-error.ts";

const headerSchema = z.object({
  form: z.literal("backup/1"),
  backup: z.string(),
  origin: z.string(),
  recipient: z.string(),
  release: z.string(),
  begun_at: z.string(),
});
/** Which backup a folder holds. */
export type BackupHeader = z.infer<typeof headerSchema>;

const pageSchema = z.object({
  object: z.string(),
  page: z.int().min(1),
  next: z.string().nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** A page that is on the disk. */
export type KeptPage = z.infer<typeof pageSchema>;

const listedSchema = z.object({
  object: z.string(),
  location_hint: z.string().nullable(),
  basis: z.string().nullable(),
});
/** An object of the record as it was listed. */
export type CopiedObject = z.infer<typeof listedSchema>;

const manifestSchema = headerSchema.extend({
  ended_at: z.string(),
  objects: z.array(
    listedSchema
      .omit({ basis: true })
      .extend({ pages: z.array(z.string().regex(/^[0-9a-f]{64}$/)) }),
  ),
  sha256: z.string(),
});
/** What a whole backup consists of. */
export type BackupManifest = z.infer<typeof manifestSchema>;

const names = {
  header: "backup.json",
  listing: "objects.json",
  pages: "pages.jsonl",
  manifest: "manifest.json",
};

/** A folder with a backup: the encrypted pages by their SHA-256, and which of them are of what. */
export class BackupFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null in a new folder. */
  readHeader(): BackupHeader | null {
    const text = this.#read(names.header);
    return text === null ? null : this.#parse(names.header, headerSchema, text);
  }

  begin(header: BackupHeader): void {
    mkdirSync(join(this.#path, "pages"), { recursive: true });
    this.#writeWhole(names.header, JSON.stringify(header, null, 2));
  }

  /** Of which objects the backup is; null before they were listed. */
  readListing(): CopiedObject[] | null {
    const text = this.#read(names.listing);
    return text === null ? null : this.#parse(names.listing, z.array(listedSchema), text);
  }

  keepListing(objects: readonly CopiedObject[]): void {
    this.#writeWhole(names.listing, JSON.stringify(objects));
  }

  /** The pages of each object's newest look, in their order. */
  readPages(): Map<string, KeptPage[]> {
    const pages = new Map<string, KeptPage[]>();
    const text = this.#read(names.pages) ?? "";
    for (const line of text.slice(0, text.lastIndexOf("\n") + 1).split("\n")) {
      if (line === "") continue;
      const page = this.#parse(names.pages, pageSchema, line);
      const before = page.page === 1 ? [] : (pages.get(page.object) ?? []);
      pages.set(page.object, [...before.slice(0, page.page - 1), page]);
    }
    return pages;
  }

  /** Where pages are noted once they are on the disk. */
  openPages(): { note(page: KeptPage): void; close(): void } {
    const file = openLineFile(join(this.#path, names.pages));
    return { note: (page) => file.append(JSON.stringify(page)), close: () => file.close() };
  }

  /** Keeps a page on the disk; gives its SHA-256, by which it is found. */
  keepPage(bytes: Uint8Array): string {
    const sha256 = hashOf(bytes);
    this.#writeWhole(join("pages", `${sha256}.age`), bytes);
    return sha256;
  }

  /** @throws {UsageError} where it is missing, or is another than was kept */
  readPage(sha256: string): Buffer {
    const path = join(this.#path, "pages", `${sha256}.age`);
    if (!existsSync(path)) throw new UsageError(`${path} is missing`);
    const bytes = readFileSync(path);
    if (hashOf(bytes) !== sha256)
      throw new UsageError(
        `${path} has changed since it was written: its SHA-256 is ${hashOf(bytes)}`,
      );
    return bytes;
  }

  /** Reads every page again. @throws {UsageError} one is missing, or is another than was kept */
  check({ objects }: Pick<BackupManifest, "objects">): void {
    for (const { pages } of objects) for (const sha256 of pages) this.readPage(sha256);
  }

  end(manifest: Omit<BackupManifest, "sha256">): BackupManifest {
    const whole = { ...manifest, sha256: hashOf(canonicalJson(manifest)) };
    this.#writeWhole(names.manifest, JSON.stringify(whole, null, 2));
    return whole;
  }

  /**
   * The manifest of a whole backup; null where it is not whole yet.
   * @throws {UsageError} where it is another than was written
   */
  readManifest(): BackupManifest | null {
    const text = this.#read(names.manifest);
    if (text === null) return null;
    const { sha256, ...manifest } = this.#parse(names.manifest, manifestSchema, text);
    if (hashOf(canonicalJson(manifest)) !== sha256)
      throw new UsageError(`${join(this.#path, names.manifest)} has changed since it was written`);
    return { ...manifest, sha256 };
  }

  #read(name: string): string | null {
    const path = join(this.#path, name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  }

  #parse<Schema extends z.ZodType>(name: string, schema: Schema, text: string): z.output<Schema> {
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      const path = join(this.#path, name);
      throw new UsageError(`${path} is none of a backup that this command knows`, { cause: error });
    }
  }

  /** A file that is there is whole, also after a crash. */
  #writeWhole(name: string, content: string | Uint8Array): void {
    const path = join(this.#path, name);
    const file = openSync(`${path}.part`, "w");
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
    closeSync(file);
    renameSync(`${path}.part`, path);
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
