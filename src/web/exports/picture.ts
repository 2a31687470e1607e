/** A picture as shapes, so that one drawing becomes SVG and, on a canvas, PNG. Lengths in px. */
export type Picture = { title: string; width: number; height: number; shapes: Shape[] };

export type Shape =
  | { kind: "rect"; x: number; y: number; width: number; height: number; fill: string }
  | {
      kind: "line";
      points: readonly (readonly [x: number, y: number])[];
      stroke: string;
      width: number;
    }
  | {
      kind: "path";
      /** Where the path's own origin is. */
      x: number;
      y: number;
      /** SVG path data. */
      d: string;
      texture: Texture;
      stroke: string;
    }
  | {
      kind: "text";
      x: number;
      /** Of the line that letters stand on. */
      y: number;
      text: string;
      size: number;
      fill: string;
      isBold?: boolean;
      anchor?: "start" | "end";
    };

/** A ground with marks in a tile that is repeated; of one look under one name. */
export type Texture = {
  name: string;
  ground: string;
  /** SVG path data within a tile. */
  marks: string;
  markFill: string;
  markWidth: number;
};

/** The page's colours in light; a picture is looked at where its style sheet is not. */
export const ink = {
  paper: "#f7f8f6",
  text: "#15201c",
  soft: "#51605a",
  line: "#d8deda",
  track: "#e8ece9",
  yes: "#14648c",
  no: "#c9621a",
  abstain: "#7c8983",
} as const;

/** Fonts that every system has one of. */
export const pictureFont = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

/** Text in lines of about so many letters, at most `linesMax`; the last says that it was cut. */
export function wrapText(text: string, lettersMax: number, linesMax: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > lettersMax) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= linesMax) return lines.map((each) => cutText(each, lettersMax));
  const shown = lines.slice(0, linesMax);
  const last = shown.pop() ?? "";
  return [...shown, cutText(`${last} …`, lettersMax)].map((each) => cutText(each, lettersMax));
}

const letterOf = new Intl.Segmenter();

/** Text of at most so many letters. */
export function cutText(text: string, lettersMax: number): string {
  const letters = Array.from(letterOf.segment(text), ({ segment }) => segment);
  return letters.length <= lettersMax ? text : `${letters.slice(0, lettersMax - 1).join("")}…`;
}
