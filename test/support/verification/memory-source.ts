import type { PublicationSource } from "../../../src/verification/publication-source.ts";
import type { PublicationParts } from "./certified.ts";

/** A publication in memory; its lists come in pieces of so many bytes. */
export function memorySource(parts: PublicationParts, pieceBytes = 1_000): PublicationSource {
  return {
    readDocument: async (name) => parts[name],
    openList: async (list) => {
      const bytes = parts[list];
      let at = 0;
      return new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) controller.close();
          else controller.enqueue(bytes.slice(at, at + pieceBytes));
          at += pieceBytes;
        },
      });
    },
  };
}
