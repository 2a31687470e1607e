import { encode } from "uqr";

/** Modules of quiet around the code (ISO/IEC 18004). */
const quietModules = 4;

export type QrCodeProps = {
  text: string;
  label: string;
  /** How much of it may be lost: the least for much text on a screen, more for paper. */
  correction?: "L" | "M";
};

/** A text for a camera: black on white in either theme, as readers expect it. */
export function QrCode({ text, label, correction = "M" }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: correction, border: quietModules });
  const path = data.map(darkRuns).join("");
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** Dark modules of a row as rectangles, those that touch as one: half of the text of single ones. */
function darkRuns(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    const first = x;
    while (row[x]) x += 1;
    if (x > first) path += `M${first} ${y}h${x - first}v1h${first - x}z`;
  }
  return path;
}
