/** The library that lays out diagrams: it brings an engine of 1.6 MB, which is read with the first diagram and not before. */
import { createRequire, findPackageJSON } from "node:module";
import path from "node:path";

type Library = typeof import("beautiful-mermaid");

const require = createRequire(import.meta.url);

/** Throws what the library and its engine throw. */
export function drawMermaid(source: string): string {
  return load().renderMermaidSVG(source, { transparent: true, padding: 0 });
}

/** By its file: the package names none for `require`, and rendering does not wait for an `import`. */
function load(): Library {
  const manifest = findPackageJSON("beautiful-mermaid", import.meta.url);
  if (!manifest) throw new Error("beautiful-mermaid is not installed");
  return require(path.join(path.dirname(manifest), "dist/index.js")) as Library;
}
