/** A paper as its text, which the bundler brings into the Worker's runtime. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}
