import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { limitsPage } from "../../build/limits-page.ts";
import { limits } from "../../functions/lib/limits.ts";
import { root } from "../setup/site.ts";

test("is what the code uses: after a change of a limit, npm run limits", async () => {
  const page = await limitsPage(root);
  expect(await readFile(path.join(root, "docs/limits.md"), "utf8")).toBe(page);
});

test("names every limit, with its value and unit and what is said of it", async () => {
  const page = await limitsPage(root);
  for (const name of Object.keys(limits).filter((each) => each !== "requestsPerMinute"))
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| [^|]+ \\| \\S[^|]+ \\|$`, "m"));
  expect(page).toContain("| `contactBodyMaxBytes` | 64 kB |");
  expect(page).toContain("| `contactPerPrefix` | 8 at once, then one every 6 minutes | An IPv4 address or an IPv6 /64");
  expect(page).toContain("| `databaseConnectSeconds` | 5 seconds |");
  expect(page).toContain("| `emailMaxLength` | 254 characters |");
  expect(page).toContain("| `contact` | 10 |");
});
