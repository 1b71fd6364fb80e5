/** PostgreSQL inside this process, for `npm start` and tests: PGlite behind a socket, so that the store sees no difference. */
import { mkdir } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { serveWire } from "./wire.ts";

export interface EmbeddedDatabase {
  /** `postgres://…` on 127.0.0.1 with a free port. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the database of `folder`, made if absent, or one in memory. What is committed is on the disk. Two processes on one
 * folder would ruin it: the caller holds the folder for itself.
 */
export async function openEmbedded({ folder }: { readonly folder?: string } = {}): Promise<EmbeddedDatabase> {
  if (folder) await mkdir(folder, { recursive: true });
  const database = await PGlite.create(folder);
  const wire = await serveWire(database);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${wire.port}/postgres`,
    async close() {
      await wire.stop();
      await database.close();
    },
  };
}
