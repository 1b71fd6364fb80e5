import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../../setup/site.ts";

test("counts, shows and asks in at most 600 bytes, and asks for nothing but the counter", async () => {
  // As page.ts calls it, without what else a page gains.
  const contents = `import { askCounter, countView } from "./site/assets/views.ts";
    if (self.document) countView(document, import.meta.url); else askCounter(name);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const text = (outputFiles[0]?.text ?? "").trim();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(600);
  expect(text.match(/["'`]\/[^"'`]*/g)).toEqual(['"/api/views']);
  expect(text).not.toMatch(/cookie|localStorage|sessionStorage|Image|sendBeacon|userAgent|screen|referrer/);
});
