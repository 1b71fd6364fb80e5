import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OutputChange, openOutput } from "../../build/output.ts";

let top: string;
let folder: string;
beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), "firstflight-output-"));
  folder = path.join(top, "_site");
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function build(files: Readonly<Record<string, string>>): OutputChange {
  const output = openOutput(folder);
  for (const [url, content] of Object.entries(files)) output.put(url, content);
  return output.commit();
}

const fileAt = (name: string) => path.join(folder, name);

test("writes a first site whole, folders' pages as index.html", () => {
  const change = build({ "/": "home", "/posts/a/": "a", "/posts/a/index.md": "# a", "/404.html": "no" });
  expect(change).toEqual({
    written: ["/", "/posts/a/", "/posts/a/index.md", "/404.html"],
    removed: [],
    kept: 0,
  });
  expect(readFileSync(fileAt("posts/a/index.html"), "utf8")).toBe("a");
});

test("leaves files alone whose bytes are the same, and says which others changed", () => {
  build({ "/": "home", "/a.txt": "same", "/b.txt": "old", "/c/d.txt": "goes" });
  const before = statSync(fileAt("a.txt"), { bigint: true });
  const change = build({ "/": "home", "/a.txt": "same", "/b.txt": "new", "/e.txt": "comes" });
  expect(change).toEqual({ written: ["/b.txt", "/e.txt"], removed: ["/c/d.txt"], kept: 2 });
  const after = statSync(fileAt("a.txt"), { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(readFileSync(fileAt("b.txt"), "utf8")).toBe("new");
  expect(existsSync(fileAt("c"))).toBe(false);
  expect(existsSync(`${folder}.next`)).toBe(false);
});

test("changes nothing in the folder before the site is whole", () => {
  build({ "/a.txt": "old" });
  const output = openOutput(folder);
  output.put("/a.txt", "new");
  output.put("/b.txt", "new");
  expect([readFileSync(fileAt("a.txt"), "utf8"), existsSync(fileAt("b.txt"))]).toEqual(["old", false]);
  expect([output.read("/a.txt"), [...output.urls()]]).toEqual(["new", ["/a.txt", "/b.txt"]]);
});

test("takes the place of whatever lies there", () => {
  mkdirSync(fileAt("was-folder/below"), { recursive: true });
  writeFileSync(fileAt("was-folder/below/x"), "x");
  writeFileSync(fileAt("was-file"), "x");
  writeFileSync(path.join(top, "elsewhere"), "not ours");
  symlinkSync(path.join(top, "elsewhere"), fileAt("link"));
  build({ "/was-folder": "file", "/was-file/": "page", "/link": "not ours" });
  expect(readFileSync(fileAt("was-folder"), "utf8")).toBe("file");
  expect(readFileSync(fileAt("was-file/index.html"), "utf8")).toBe("page");
  expect([lstatSync(fileAt("link")).isFile(), readFileSync(fileAt("link"), "utf8")]).toEqual([true, "not ours"]);
  expect(readFileSync(path.join(top, "elsewhere"), "utf8")).toBe("not ours");
});

test("mends what a killed build has left behind", () => {
  build({ "/a.txt": "whole", "/b.txt": "whole" });
  mkdirSync(`${folder}.next`);
  writeFileSync(`${folder}.next/c.txt`, "left behind");
  writeFileSync(fileAt("a.txt"), "who");
  const change = build({ "/a.txt": "whole", "/b.txt": "whole" });
  expect(change).toEqual({ written: ["/a.txt"], removed: [], kept: 1 });
  expect(existsSync(fileAt("c.txt"))).toBe(false);
});

test("keeps of what is put twice the last, whatever lay there", () => {
  const twice = () => {
    const output = openOutput(folder);
    output.put("/a.txt", "first");
    output.put("/a.txt", "last");
    return { read: output.read("/a.txt"), urls: [...output.urls()], change: output.commit() };
  };
  const empty = { read: "last", urls: ["/a.txt"], change: { written: ["/a.txt"], removed: [], kept: 0 } };
  const same = { read: "last", urls: ["/a.txt"], change: { written: [], removed: [], kept: 1 } };
  expect(twice()).toEqual(empty);
  expect(twice()).toEqual(same);
  writeFileSync(fileAt("a.txt"), "first");
  expect(twice()).toEqual(empty);
  expect(readFileSync(fileAt("a.txt"), "utf8")).toBe("last");
});
