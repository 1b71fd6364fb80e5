/** Mistakes in the files of pictures, told where a post shows them. */
import { isUsable, type Measured, type Unusable } from "../pictures/measured.ts";
import { recipe } from "../pictures/recipe.ts";
import type { LookedAt, PostPictures } from "./pictures.ts";
import type { LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { ProblemWords } from "./source.ts";

/** More than any camera of a telephone gives to a picture that readers see in some hundred pixels. */
const largePixels = 50_000_000;

export function pictureProblems(looked: ReadonlyMap<LoadedPost, PostPictures>): readonly ContentProblem[] {
  return [...looked].flatMap(([one, pictures]) => {
    const preview = pictures.get(one.post?.preview?.image ?? "");
    return [
      ...(preview ? wordsAbout(preview).map((words) => one.atKey(["image"], words)) : []),
      ...(preview ? previewWords(preview).map((words) => one.atKey(["image"], words)) : []),
      ...(one.page.article?.images ?? []).flatMap(({ src, offset, length }) => {
        const picture = pictures.get(src);
        return picture ? wordsAbout(picture).map((words) => one.inBody(offset, { length, ...words })) : [];
      }),
    ];
  });
}

function wordsAbout({ file, found, dark }: LookedAt): readonly ProblemWords[] {
  const own = isUsable(found) ? warnings(file, found) : [error(file, found)];
  return dark ? [...own, ...wordsAbout(dark)] : own;
}

function error(file: string, { unusable, width = 0, height = 0 }: Unusable): ProblemWords {
  const most = `${recipe.maxPixels / 1e6} million`;
  return {
    broken: {
      code: "picture-broken",
      problem: `the picture ${file} is damaged or cut off`,
      hint: "save it anew where it was made",
    },
    format: {
      code: "picture-format",
      problem: `${file} is in no format that every browser shows`,
      hint: "save it as JPEG, PNG, WebP, AVIF, GIF or SVG",
    },
    huge: {
      code: "picture-huge",
      problem: `the picture ${file} has ${width} x ${height} pixels; ${most} are allowed, and in height ${recipe.maxSide}`,
      hint: `make it smaller; readers see a width of ${recipe.widths.at(-1)} at most`,
    },
    sizeless: {
      code: "picture-size",
      problem: `the drawing ${file} does not say how large it is`,
      hint: 'give its root element a "viewBox"',
    },
  }[unusable];
}

function warnings(file: string, { width, height, hasPosition }: Measured): readonly ProblemWords[] {
  const severity = "warning";
  const position = {
    severity,
    code: "picture-position",
    problem: `${file} says where on Earth it was taken, and is published as it is beside the smaller ones`,
    hint: "remove its metadata if that is nobody's business",
  } as const;
  const large = {
    severity,
    code: "picture-large",
    problem: `the picture ${file} has ${Math.round((width * height) / 1e6)} million pixels`,
    hint: `readers see a width of ${recipe.widths.at(-1)} at most; a smaller file makes the build faster`,
  } as const;
  return [...(hasPosition ? [position] : []), ...(width * height > largePixels ? [large] : [])];
}

function previewWords({ file, found }: LookedAt): readonly ProblemWords[] {
  if (!isUsable(found) || found.format !== "svg") return [];
  const problem = `${file} is a drawing, and no social network shows one as a preview`;
  return [{ severity: "warning", code: "preview-svg", problem, hint: "save it as PNG too, and name that" }];
}
