/** Copies of lost pages in the Internet Archive. @see https://archive.org/help/wayback_api.php */
import * as v from "valibot";
import type { Ask } from "./ask.ts";

export interface ArchiveAnswer {
  /** False when the archive itself could not be asked. */
  readonly isAnswered: boolean;
  /** What the author can do, as the hint of a problem. */
  readonly hint: string;
}

const Available = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ archived_snapshots: v.object({ closest: v.optional(v.object({ url: v.string() })) }) }),
);

/** `api` is the address of the archive's availability service; `writtenOn`, YYYYMMDD, is the day whose copy is wanted. */
export async function copyOf(
  address: string,
  writtenOn: string | undefined,
  api: string,
  ask: Ask,
): Promise<ArchiveAnswer> {
  const url = new URL(api);
  url.searchParams.set("url", address);
  if (writtenOn) url.searchParams.set("timestamp", writtenOn);
  const reply = await ask({ method: "GET", url, withBody: true });
  const parsed = "status" in reply && reply.status === 200 ? v.safeParse(Available, reply.body) : undefined;
  const closest = parsed?.success ? parsed.output.archived_snapshots.closest : undefined;
  const copy = closest?.url.replace(/^http:/, "https:");
  // The service also says that there is none when it is busy, so its own search is worth a look.
  const hint = copy ? `a copy is at ${copy}` : `look for a copy at https://web.archive.org/web/*/${address}`;
  return { isAnswered: "status" in reply, hint };
}
