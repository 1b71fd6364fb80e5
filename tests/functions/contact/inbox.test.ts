import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { erase, mark, show } from "../../../functions/lib/contact/inbox.ts";
import { services } from "../../../functions/lib/services.ts";
import type { Database } from "../../../functions/lib/store/database.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { root } from "../../setup/site.ts";
import { postAsStranger, stored } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { startFresh } from "../support/fresh-start.ts";

startFresh();

/** As a person calls it: what it prints, and its status. */
async function inbox(...args: readonly string[]): Promise<{ readonly out: string; readonly status: number }> {
  const env = { ...process.env, DATABASE_URL: databaseOfWorker(), NO_COLOR: "1" };
  const command = promisify(execFile)(process.execPath, [path.join(root, "scripts/inbox.ts"), ...args], { env });
  return command.then(
    ({ stdout, stderr }) => ({ out: stdout + stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ out: stdout + stderr, status: code }),
  );
}

const links = "https://a.example https://b.example https://c.example";

beforeEach(async () => {
  await postAsStranger(1);
  await postAsStranger(2, { message: "\u001b[2JI own your terminal", name: "Eve" });
  await postAsStranger(3, { message: links, website: "x" });
});

const ids = async () => (await sql`SELECT id FROM contact_message ORDER BY received_at`).map(({ id }) => String(id));

describe("npm run inbox", () => {
  it("lists messages, newest first, with those in quarantine marked, or only those", async () => {
    const { out, status } = await inbox();
    const lines = out.trimEnd().split("\n");
    const [first, second, third] = await ids();
    expect([status, lines.map((line) => line.slice(0, 8))]).toEqual([
      0,
      [third, second, first].map((id) => id?.slice(0, 8)),
    ]);
    expect(lines[0]).toContain("quarantine Stranger 3: https://a.example");
    expect(lines[1]).toContain("Eve: \\u{1b}[2JI own your terminal");
    expect(out).not.toContain("\u001b");
    expect((await inbox("list", "--quarantine")).out.trimEnd().split("\n")).toEqual([lines[0]]);
  });

  it("shows one message by the beginning of its id, and marks it", async () => {
    const [first = ""] = await ids();
    const shown = await inbox("show", first.slice(0, 6));
    expect(shown.out).toContain("Stranger 1 <stranger-1@visitor.example>");
    expect(shown.out).toContain(`Id        ${first}`);
    expect((await inbox("mark", "answered", first.slice(0, 6))).out).toBe("1 message marked answered.\n");
    const listed = JSON.parse((await inbox("list", "--state", "answered", "--json")).out);
    expect(listed).toMatchObject([{ id: first, name: "Stranger 1", message: "I am stranger 1.", state: "answered" }]);
  });

  it("takes a message out of the week's list of the quarantine by any mark", async () => {
    const [, , third = ""] = await ids();
    await inbox("mark", "read", third);
    expect(await sql`SELECT told_at IS NOT NULL AS told FROM contact_message WHERE id = ${third}`).toEqual([
      { told: true },
    ]);
  });

  it("gives everything that is kept of one address", async () => {
    const { out } = await inbox("export", "--email", "STRANGER-2@visitor.example");
    expect(JSON.parse(out)).toMatchObject([{ name: "Eve", message: "\u001b[2JI own your terminal", route: "notice" }]);
    expect(JSON.parse((await inbox("export")).out)).toHaveLength(3);
  });

  it("erases messages of one address, with the records of their mails, once that is meant", async () => {
    const asked = await inbox("erase", "--email", "stranger-1@visitor.example");
    expect([asked.status, asked.out]).toEqual([1, expect.stringContaining("This would erase 1 message")]);
    expect(await stored()).toHaveLength(3);
    expect((await inbox("erase", "--email", "stranger-1@visitor.example", "--yes")).status).toBe(0);
    expect((await stored()).map(({ name }) => name)).toEqual(["Eve", "Stranger 3"]);
    const [second = ""] = await ids();
    await inbox("erase", second, "--yes");
    expect(await sql`SELECT count(*)::int AS n FROM outbox`).toEqual([{ n: 0 }]);
  });

  it("says what is wrong with what was typed, without a trace of its inside", async () => {
    for (const [args, words] of [
      [["burn"], 'There is no command "burn".'],
      [["list", "--nope"], "npm run inbox -- show ID"],
    ] as const) {
      const { out, status } = await inbox(...args);
      expect([status, out]).toEqual([1, expect.stringContaining(words)]);
      expect(out).not.toMatch(/\n\s+at /);
    }
  });
});

describe("a command", () => {
  it.each<[string, (database: Database) => Promise<string>]>([
    ['"zzzz" is no id', (database) => show(database, "zzzz", false)],
    ["There is no message 0000000.", (database) => show(database, "0000000", false)],
    ["More than one message begins with 0ccac", (database) => show(database, "0ccac", false)],
    ['A message can be new, read, answered, junk; not "lost".', (database) => mark(database, "lost", ["0ccac"])],
    ["Give the id of a message", (database) => mark(database, "read", [])],
    ["Give ids, or an address", (database) => erase(database, { beginnings: [], email: undefined, isMeant: true })],
  ])("that cannot be done says why: %s", async (words, command) => {
    await sql`DELETE FROM outbox`;
    await sql`UPDATE contact_message SET id = overlay(id::text PLACING '0ccac' FROM 1)::uuid WHERE route = 'quarantine' OR name = 'Eve'`;
    await expect(command(services().database)).rejects.toThrow(words);
  });
});
