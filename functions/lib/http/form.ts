/** Reads the fields of a form, sent URL-encoded, as multipart text or as a flat JSON object. */
import type { FieldProblem } from "../../../site/forms/field.ts";
import { limits } from "../limits.ts";
import { type BodyLimit, readText } from "./body.ts";
import { mediaType } from "./call.ts";
import { accept, invalid, malformed, type Result, refuse, unsupportedType } from "./problem.ts";

/** Values by field; a field that was not sent is absent. Each was sent once, is well-formed Unicode and has no NUL. */
export type Fields<Name extends string> = Readonly<Partial<Record<Name, string>>>;

type Pairs = readonly (readonly [name: string, value: string])[];

const decoders: Readonly<Record<string, (text: string, contentType: string) => Pairs | Promise<Pairs>>> = {
  "application/x-www-form-urlencoded": urlEncoded,
  "multipart/form-data": multipart,
  "application/json": flatJson,
};

/** Refuses with 400, 408, 413, 415, or 422 for a field that is unknown or sent twice; one that is too large is given back as far as it was read, if it is to be. */
export async function readForm<Name extends string>(
  request: Request,
  { names, ...limit }: BodyLimit & { readonly names: readonly Name[] },
): Promise<Result<Fields<Name>>> {
  const type = mediaType(request.headers);
  const decoder = Object.hasOwn(decoders, type) ? decoders[type] : undefined;
  if (!decoder) return refuse(unsupportedType);
  const text = await readText(request, limit);
  if (!text.ok) return refuse(text.problem, salvage(type, text.partial, names));
  try {
    return collect(await decoder(text.value, request.headers.get("Content-Type") ?? ""), names);
  } catch {
    return refuse(malformed("The form could not be read."));
  }
}

function collect<Name extends string>(pairs: Pairs, names: readonly Name[]): Result<Fields<Name>> {
  if (pairs.length > limits.formMaxFields) return refuse(malformed("The form has too many fields."));
  if (pairs.some(([, value]) => !value.isWellFormed() || value.includes("\0"))) {
    return refuse(malformed("A field is not well-formed text."));
  }
  const fields = new Map<Name, string>();
  for (const [name, value] of pairs) {
    const known = names.find((each) => each === name);
    if (known === undefined) return refuse(invalid([unknownField(name)]));
    if (fields.has(known)) return refuse(invalid([{ field: known, detail: "This field was sent more than once." }]));
    fields.set(known, value);
  }
  return accept(Object.fromEntries(fields) as Fields<Name>);
}

/** The known fields in the beginning of a form that was too large; of any but a browser's own kind of form, nothing. */
function salvage<Name extends string>(type: string, text: string | undefined, names: readonly Name[]) {
  if (text === undefined || type !== "application/x-www-form-urlencoded") return undefined;
  const pairs = [...new URLSearchParams(text.replace(/%.?$/, ""))];
  const sound = pairs.map(([name, value]) => [name, value.replaceAll("\0", "").replace(/\ufffd+$/, "")] as const);
  const known = sound.filter(([name]) => names.some((each) => each === name));
  return Object.fromEntries(known) as Fields<Name>;
}

function unknownField(name: string): FieldProblem {
  return { field: name.slice(0, limits.nameMaxLength), detail: "The form has a field that is not known here." };
}

/** Stricter than URLSearchParams, which lets broken escapes pass. Throws URIError. */
function urlEncoded(text: string): Pairs {
  const parts = text.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", ...value] = part.replaceAll("+", " ").split("=");
    return [decodeURIComponent(name), decodeURIComponent(value.join("="))];
  });
}

/** By the platform's own parser, over text that is bounded and known to be UTF-8. Throws on files. */
async function multipart(text: string, contentType: string): Promise<Pairs> {
  const form = await new Response(text, { headers: { "Content-Type": contentType } }).formData();
  return [...form].map(([name, value]) => {
    if (typeof value !== "string") throw new TypeError("a file");
    return [name, value];
  });
}

/** An object of texts. JSON.parse keeps the last of two equal keys, so the strings are counted. Throws. */
function flatJson(text: string): Pairs {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("no object");
  const pairs = Object.entries(value);
  const strings = text.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  if (pairs.some(([, each]) => typeof each !== "string") || strings.length !== 2 * pairs.length) {
    throw new TypeError("nested, repeated or not a text");
  }
  return pairs;
}
