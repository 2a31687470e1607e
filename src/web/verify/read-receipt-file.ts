/** A receipt is a file of a kilobyte, its picture one of some megabytes. */
const fileBytesMax = 20_000_000;

/** As much of the Shape Detection API as is used; not every browser has it. */
interface QrDetector {
  detect(picture: ImageBitmap): Promise<{ rawValue: string }[]>;
}
type QrDetectorClass = new (options: { formats: string[] }) => QrDetector;

/** Whether this browser reads QR codes out of pictures. */
export function canReadPictures(): boolean {
  return "BarcodeDetector" in globalThis;
}

/** `unreadable`: too large, no text, or a picture without a QR code. */
export type ReceiptFile = { text: string } | "unreadable" | "no_pictures_here";

/** The text of a file, or what the QR code in a picture says. */
export async function readReceiptFile(file: File): Promise<ReceiptFile> {
  if (file.size > fileBytesMax) return "unreadable";
  if (!file.type.startsWith("image/")) return { text: await file.text() };
  if (!canReadPictures()) return "no_pictures_here";
  // The line above has looked for it; no types of the DOM know it.
  const { BarcodeDetector } = globalThis as unknown as { BarcodeDetector: QrDetectorClass };
  try {
    const picture = await createImageBitmap(file);
    const [found] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
    picture.close();
    return found === undefined ? "unreadable" : { text: found.rawValue };
  } catch {
    return "unreadable";
  }
}
