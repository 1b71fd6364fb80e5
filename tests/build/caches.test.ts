/** Whatever happened to what is kept, and whenever a build was killed: the next one makes the same site. */
import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedIn } from "../../build/generated.ts";
import { type BuiltSite, buildSite } from "../../build/site.ts";
import { root } from "../setup/site.ts";
import { killBuilds } from "./killed-builds.ts";
import { digests, smallSite } from "./small-site.ts";

let folder: string;
let whole: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = await smallSite();
  await build();
  await rename(inFolder(".cache"), inFolder("kept"));
  whole = await digests(inFolder("_site"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);

function build(): Promise<BuiltSite> {
  const [output, cache, generated] = [inFolder("_site"), inFolder(".cache"), generatedIn(inFolder("generated"))];
  return buildSite({ root, content: folder, output, cache, generated, isPreview: false });
}

const folders = ["pictures", "cards", "mails", "texts"];

/** Every file that is kept, but for that of the posts. */
async function entries(): Promise<readonly string[]> {
  const files = folders.map(async (name) => (await readdir(inFolder("kept", name))).map((file) => `${name}/${file}`));
  return (await Promise.all(files)).flat();
}

async function rewrite(names: readonly string[], change: (bytes: Buffer) => Uint8Array): Promise<void> {
  for (const name of names) await writeFile(inFolder(".cache", name), change(await readFile(inFolder(".cache", name))));
}

function inDatabase(statements: string): void {
  const database = new DatabaseSync(inFolder(".cache/posts.sqlite"));
  database.exec(statements);
  database.close();
}

const digestBytes = 32;
const withDigest = (content: Uint8Array) => Buffer.concat([createHash("sha256").update(content).digest(), content]);

/** Its beginning, where formats say what they are, and its end are as they were. */
const withHole = (bytes: Buffer) => bytes.fill(0xff, Math.floor(bytes.length / 3), Math.floor(bytes.length / 1.5));

const halved = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

interface Damage {
  readonly damage: () => Promise<void>;
  /** What lies in the way stays, and nothing is kept where it lies. */
  readonly stays?: boolean;
  /** Something is still good, and what is not is found out late: it takes one build more until all is kept again. */
  readonly spares?: boolean;
}

const damages: Readonly<Record<string, Damage>> = {
  "is cut off": { damage: async () => rewrite([...(await entries()), "posts.sqlite"], halved) },
  "is garbage": {
    damage: async () => rewrite([...(await entries()), "posts.sqlite"], ({ length }) => randomBytes(length)),
  },
  "has a hole": { spares: true, damage: async () => rewrite([...(await entries()), "posts.sqlite"], withHole) },
  "is of another version": {
    async damage() {
      await rewrite(await entries(), (bytes) => withDigest(bytes.subarray(digestBytes)));
      inDatabase("ALTER TABLE post DROP COLUMN ms; PRAGMA user_version = 2");
    },
  },
  "is another program's": {
    stays: true,
    async damage() {
      for (const name of await entries()) {
        await rm(inFolder(".cache", name));
        await mkdir(inFolder(".cache", name));
        await writeFile(inFolder(".cache", name, "theirs.txt"), "not a cache");
      }
      inDatabase("DROP TABLE post; CREATE TABLE post (id INTEGER, title TEXT); INSERT INTO post VALUES (1, 'theirs')");
    },
  },
  "has files in the place of folders": {
    stays: true,
    async damage() {
      for (const name of folders) {
        await rm(inFolder(".cache", name), { recursive: true });
        await writeFile(inFolder(".cache", name), "");
      }
      await rm(inFolder(".cache/posts.sqlite"));
      await mkdir(inFolder(".cache/posts.sqlite"));
    },
  },
};

test.each(Object.entries(damages))(
  "makes the same site when what is kept %s",
  async (_what, { damage, stays, spares }) => {
    await rm(inFolder(".cache"), { recursive: true, force: true });
    await cp(inFolder("kept"), inFolder(".cache"), { recursive: true });
    expect((await entries()).length).toBeGreaterThan(30);
    await damage();
    await rm(inFolder("_site"), { recursive: true, force: true });
    const mended = await build();
    expect(await digests(inFolder("_site"))).toEqual(whole);
    if (!spares) expect(mended.cacheUse.found).toBe(0);
    if (stays) return;
    const next = await build();
    expect(next.change).toEqual({ written: [], removed: [], kept: Object.keys(whole).length });
    expect((spares ? await build() : next).cacheUse.made).toBe(0);
  },
);

test("makes the same site where nothing can be kept", async () => {
  await rm(inFolder(".cache"), { recursive: true, force: true });
  await writeFile(inFolder(".cache"), "a file");
  await rm(inFolder("_site"), { recursive: true, force: true });
  await build();
  expect(await digests(inFolder("_site"))).toEqual(whole);
  expect(await readFile(inFolder(".cache"), "utf8")).toBe("a file");
});

test("makes the same site after builds that were killed at any moment", async () => {
  expect(await killBuilds(5, { checkEvery: 5 })).toEqual([]);
});
