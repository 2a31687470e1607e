/**
 * The page is checked with a browser's types and the Worker with its own: they meet here, and the
 * build resolves the module to src/web/server/render-page.tsx.
 */
declare module "page-renderer" {
  export const renderPage: import("../src/web/server/page-renderer.ts").RenderPage;
}
