import { ink, pictureFont, type Picture, type Shape } from "./picture.ts";

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
  } else {
    context.fillStyle = shape.fill;
    context.font = `${shape.isBold === true ? 600 : 400} ${shape.size}px ${pictureFont}`;
    context.textAlign = shape.anchor ?? "start";
    context.fillText(shape.text, shape.x, shape.y);
  }
}
