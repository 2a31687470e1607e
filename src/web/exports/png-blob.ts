import { tileSize } from "../map/map-textures.ts";
import { ink, pictureFont, type Picture, type Shape, type Texture } from "./picture.ts";

/** Pixels of the file for one of the picture: sharp on the screens and paper of today. */
const scale = 2;

/**
 * A picture as a PNG file. It is drawn shape by shape: an SVG would have to be loaded as an image of
 * another origin, which the page's policy refuses.
 */
export async function pngBlob({ width, height, shapes }: Picture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws no pictures.");
  context.scale(scale, scale);
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) paint(context, shape);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("This picture is too large for this browser."));
      else resolve(blob);
    }, "image/png");
  });
}

function paint(context: CanvasRenderingContext2D, shape: Shape): void {
  if (shape.kind === "rect") {
    context.fillStyle = shape.fill;
    context.fillRect(shape.x, shape.y, shape.width, shape.height);
  } else if (shape.kind === "line") {
    context.beginPath();
    for (const [x, y] of shape.points) context.lineTo(x, y);
    context.strokeStyle = shape.stroke;
    context.lineWidth = shape.width;
    context.lineJoin = "round";
    context.stroke();
  } else if (shape.kind === "path") {
    paintPath(context, shape);
  } else {
    context.fillStyle = shape.fill;
    context.font = `${shape.isBold === true ? 600 : 400} ${shape.size}px ${pictureFont}`;
    context.textAlign = shape.anchor ?? "start";
    context.fillText(shape.text, shape.x, shape.y);
  }
}

/** A shape of its own, filled with its texture. */
function paintPath(
  context: CanvasRenderingContext2D,
  { x, y, d, texture, stroke }: Extract<Shape, { kind: "path" }>,
): void {
  const path = new Path2D(d);
  context.save();
  context.translate(x, y);
  context.fillStyle = patternFor(context, texture);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- A canvas is no array.
  context.fill(path);
  context.strokeStyle = stroke;
  context.lineWidth = 0.75;
  context.lineJoin = "round";
  context.stroke(path);
  context.restore();
}

function patternFor(context: CanvasRenderingContext2D, texture: Texture): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tileSize * scale;
  tile.height = tileSize * scale;
  const ground = tile.getContext("2d");
  if (ground === null) return texture.ground;
  ground.scale(scale, scale);
  ground.fillStyle = texture.ground;
  ground.fillRect(0, 0, tileSize, tileSize);
  ground.strokeStyle = texture.markFill;
  ground.lineWidth = texture.markWidth;
  ground.lineCap = "round";
  if (texture.marks !== "") ground.stroke(new Path2D(texture.marks));
  const pattern = context.createPattern(tile, "repeat");
  // A tile has the file's pixels, and what is painted has the picture's.
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern ?? texture.ground;
}
