/** Made by `src/web/build/world-countries.ts`. */
declare module "world-countries" {
  /** The text of a map of all countries, whose regions are numeric codes of ISO 3166-1. */
  const text: string;
  export default text;
}
