import { it } from "vitest";
import { openContact } from "./support/contact.ts";
import { fuzz } from "./support/fuzz.ts";

openContact();

it("answers whatever comes with less than 500, a whole set of headers, and no trace of its inside", () => fuzz(150));
