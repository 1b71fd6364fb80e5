/** `npm run limits`: writes docs/limits.md. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { limitsPage } from "../build/limits-page.ts";

const root = path.resolve(import.meta.dirname, "..");
await writeFile(path.join(root, "docs/limits.md"), await limitsPage(root));
