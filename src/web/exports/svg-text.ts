import { tileSize } from "../map/map-textures.ts";
import { ink, pictureFont, type Picture, type Shape } from "./picture.ts";

/** A picture as the text of an SVG file (W3C SVG 1.1), readable without anything beside it. */
export function svgText({ title, width, height, shapes }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${pictureFont}">`,
    `<title>${escapeXml(title)}</title>`,
    ...patternTexts(shapes),
    `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
    ...shapes.map(shapeText),
    "</svg>",
    "",
  ].join("\n");
}

function shapeText(shape: Shape): string {
  if (shape.kind === "rect") {
    const { x, y, width, height, fill } = shape;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
  }
  if (shape.kind === "line") {
    const points = shape.points.map((point) => point.join(",")).join(" ");
    return `<polyline points="${points}" fill="none" stroke="${shape.stroke}" stroke-width="${shape.width}" stroke-linejoin="round"/>`;
  }
  if (shape.kind === "path") {
    const { x, y, d, texture, stroke } = shape;
    return `<path transform="translate(${x} ${y})" d="${d}" fill="url(#${texture.name})" stroke="${stroke}" stroke-width="0.75" stroke-linejoin="round"/>`;
  }
  const { x, y, text, size, fill, isBold = false, anchor = "start" } = shape;
  const weight = isBold ? ' font-weight="600"' : "";
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight}>${escapeXml(text)}</text>`;
}

/** Each texture once, as a pattern under its name. */
function patternTexts(shapes: readonly Shape[]): string[] {
  const textures = new Map(
    shapes.flatMap((shape) => (shape.kind === "path" ? [[shape.texture.name, shape.texture]] : [])),
  );
  return [...textures.values()].map(
    ({ name, ground, marks, markFill, markWidth }) =>
      `<pattern id="${name}" width="${tileSize}" height="${tileSize}" patternUnits="userSpaceOnUse"><rect width="${tileSize}" height="${tileSize}" fill="${ground}"/><path d="${marks}" fill="none" stroke="${markFill}" stroke-width="${markWidth}" stroke-linecap="round"/></pattern>`,
  );
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text of an XML document; characters that it can't hold (XML 1.0, 2.2) are left out. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
