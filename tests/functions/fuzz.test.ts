import { it } from "vitest";
import { startFresh } from "./support/fresh-start.ts";
import { fuzz } from "./support/fuzz.ts";

startFresh();

it("answers whatever comes with less than 500, a whole set of headers, and no trace of its inside", () => fuzz(150));
