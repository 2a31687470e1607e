/** An image by its tag, as compose.yaml and a Dockerfile name it, with a digest or without. */
const imageName = /^(\s*image: |FROM )([\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?/gm;

/** The images that a file names, each once, without digests. */
export function imagesIn(text: string): string[] {
  return [...new Set([...text.matchAll(imageName)].map(([, , name = ""]) => name))];
}

/** The text with each image's digest behind its tag; `digests` has one for each of `imagesIn`. */
export function pinnedText(text: string, digests: ReadonlyMap<string, string>): string {
  return text.replaceAll(imageName, (_, before: string, name: string) => {
    const digest = digests.get(name);
    if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new Error(`there is no digest of ${name}`);
    return `${before}${name}@${digest}`;
  });
}
