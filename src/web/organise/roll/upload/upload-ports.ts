import { callApi } from "../../api/organiser-api.ts";
import type { RollPieceText } from "./pieces.ts";
import type { UploadPorts, UploadStanding } from "./piece-upload.ts";

export type UploadPlace = Pick<UploadPorts, "readPiece" | "keep" | "forget"> & {
  decisionId: string;
};

/** What an upload needs in a browser. */
export function uploadPorts({ decisionId, readPiece, keep, forget }: UploadPlace): UploadPorts {
  const path = { decisionId };
  return {
    readPiece,
    keep,
    forget,
    begin: async (signal) =>
      standingOf(
        await callApi("POST /api/v1/decisions/{decisionId}/roll/uploads", { path }, { signal }),
      ),
    send: async (number, { piece, firstLine, text }: RollPieceText, signal) => {
      const query = { import: number, piece, first_line: firstLine };
      const body = new Blob([text], { type: "text/csv" });
      const route = "PUT /api/v1/decisions/{decisionId}/roll/uploads";
      return standingOf(await callApi(route, { path, query, body }, { signal }));
    },
    finish: ({ import: number, pieces }, signal) =>
      callApi(
        "POST /api/v1/decisions/{decisionId}/roll/uploads/finish",
        { path, body: { import: number, pieces } },
        { signal },
      ),
    readStanding: async (signal) => {
      const { upload } = await callApi(
        "GET /api/v1/decisions/{decisionId}/roll",
        { path },
        { signal },
      );
      return upload?.pieces == null ? null : standingOf(upload);
    },
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      }),
    random: Math.random,
  };
}

function standingOf(upload: { import: number; pieces: number | null }): UploadStanding {
  return { import: upload.import, pieces: upload.pieces ?? 0 };
}
