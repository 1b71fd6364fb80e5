/** Reads the fields of a form, sent URL-encoded, as multipart text or as a flat JSON object. */
import type { FieldProblem } from "../../../site/forms/field.ts";
import { limits } from "../limits.ts";
import { type BodyLimit, readText } from "./body.ts";
import { mediaType } from "./call.ts";
import { accept, invalid, malformed, type Result, refuse, unsupportedType } from "./problem.ts";

/** Values by field; a field that was not sent is absent. Each was sent once, is well-formed Unicode and has no NUL. */
export type Fields<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** The values of each field that may be sent any number of times, as check boxes of one name are. */
export type Lists<Name extends string> = Readonly<Record<Name, readonly string[]>>;

interface FormShape<Name extends string, List extends string> extends BodyLimit {
  readonly names: readonly Name[];
  readonly lists?: readonly List[];
  readonly maxFields?: number;
}

type Pairs = readonly (readonly [name: string, value: string])[];

const decoders: Readonly<Record<string, (text: string, contentType: string) => Pairs | Promise<Pairs>>> = {
  "application/x-www-form-urlencoded": urlEncoded,
  "multipart/form-data": multipart,
  "application/json": flatJson,
};

/** Refuses with 400, 408, 413, 415, or 422 for a field that is unknown or sent twice; one that is too large is given back as far as it was read, if it is to be. */
export async function readForm<Name extends string, List extends string = never>(
  request: Request,
  { names, lists = [], maxFields = limits.formMaxFields, ...limit }: FormShape<Name, List>,
): Promise<Result<Fields<Name> & Lists<List>>> {
  const type = mediaType(request.headers);
  const decoder = Object.hasOwn(decoders, type) ? decoders[type] : undefined;
  if (!decoder) return refuse(unsupportedType);
  const text = await readText(request, limit);
  if (!text.ok) return refuse(text.problem, salvage(type, text.partial, { names, lists }));
  try {
    const pairs = await decoder(text.value, request.headers.get("Content-Type") ?? "");
    return pairs.length > maxFields ? refuse(tooManyFields) : collect(pairs, { names, lists });
  } catch {
    return refuse(malformed("The form could not be read."));
  }
}

const tooManyFields = malformed("The form has too many fields.");

interface Names<Name extends string, List extends string> {
  readonly names: readonly Name[];
  readonly lists: readonly List[];
}

function collect<Name extends string, List extends string>(
  pairs: Pairs,
  { names, lists }: Names<Name, List>,
): Result<Fields<Name> & Lists<List>> {
  if (pairs.some(([, value]) => !value.isWellFormed() || value.includes("\0"))) {
    return refuse(malformed("A field is not well-formed text."));
  }
  const listed = new Map<string, string[]>(lists.map((name) => [name, []]));
  const fields = new Map<Name, string>();
  for (const [name, value] of pairs) {
    const known = names.find((each) => each === name);
    const list = listed.get(name);
    if (known === undefined && !list) return refuse(invalid([unknownField(name)]));
    if (known !== undefined && fields.has(known)) return refuse(invalid([repeated(known)]));
    if (known === undefined) list?.push(value);
    else fields.set(known, value);
  }
  return accept(Object.fromEntries([...fields, ...listed]) as Fields<Name> & Lists<List>);
}

/** The known fields in the beginning of a form that was too large; of any but a browser's own kind of form, nothing. */
function salvage<Name extends string, List extends string>(
  type: string,
  text: string | undefined,
  { names, lists }: Names<Name, List>,
) {
  if (text === undefined || type !== "application/x-www-form-urlencoded") return undefined;
  const pairs = [...new URLSearchParams(text.replace(/%.?$/, ""))];
  const sound = pairs.map(([name, value]) => [name, value.replaceAll("\0", "").replace(/\ufffd+$/, "")] as const);
  const known = sound.filter(([name]) => names.some((each) => each === name));
  const none = lists.map((name) => [name, []] as const);
  return Object.fromEntries([...known, ...none]) as Fields<Name> & Lists<List>;
}

function repeated(field: string): FieldProblem {
  return { field, detail: "This field was sent more than once." };
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
