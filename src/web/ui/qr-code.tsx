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
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
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
