import {
  createReadStream,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { publicationFiles, type PublicationSource } from "../../verification/publication-source.ts";
import { requireFile } from "../command-line/file-fault.ts";

/** Reads a publication that was saved, from a folder of files (docs/verify.md, "A folder"). */
export function folderSource(folder: string): PublicationSource {
  const pathOf = (name: keyof typeof publicationFiles): string => {
    const path = join(folder, publicationFiles[name]);
    requireFile(path);
    return path;
  };
  return {
    readDocument: async (name) => new Uint8Array(readFileSync(pathOf(name))),
    openList: async (list) =>
      // Of Node's own stream type, which is the platform's.
      Readable.toWeb(createReadStream(pathOf(list))) as unknown as ReadableStream<Uint8Array>,
  };
}

/** The same source, whose bytes are written to a folder as they are read. */
export function savingSource(source: PublicationSource, folder: string): PublicationSource {
  mkdirSync(folder, { recursive: true });
  return {
    async readDocument(name) {
      const bytes = await source.readDocument(name);
      writeFileSync(join(folder, publicationFiles[name]), bytes);
      return bytes;
    },
    async openList(list) {
      const stream = await source.openList(list);
      const file = openSync(join(folder, publicationFiles[list]), "w");
      const saving = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          for (let written = 0; written < bytes.length;)
            written += writeSync(file, bytes, written, bytes.length - written);
          controller.enqueue(bytes);
        },
        flush: () => closeSync(file),
      });
      return stream.pipeThrough(saving);
    },
  };
}
