/** What is published for programs: schedule, redirects, the forms of the curriculum vitae. */
import { hash } from "node:crypto";
import type { MadeCache } from "../site/made-cache.ts";
import { codeVersion } from "../site/pinned-versions.ts";
import { type Cv, cvOf } from "../site/publish/cv.ts";
import { cvPdf } from "../site/publish/cv-pdf.ts";
import { jsonResume } from "../site/publish/json-resume.ts";
import { redirectsFile } from "../site/publish/redirects.ts";
import { dueMoments } from "../site/publish/schedule.ts";
import { securityTxt, securityTxtUrl } from "../site/publish/security-txt.ts";
import { vcard } from "../site/publish/vcard.ts";
import { webManifest, webManifestUrl } from "../site/publish/web-manifest.ts";
import type { SiteModel } from "../site/template.ts";

/** Contents with their paths from the origin. */
export async function* machineFiles(
  { blog, isPreview }: SiteModel,
  cache: MadeCache,
): AsyncGenerator<readonly [path: string, content: string | Uint8Array]> {
  const cv = cvOf(blog);
  // The only date in the PDF follows from the posts, so that the same site is the same bytes.
  const made = blog.posts[0]?.modified.toJSDate() ?? new Date(0);
  const security = securityTxt(blog);
  yield ["/cv.json", jsonResume(cv)];
  yield ["/cv.vcf", vcard(cv)];
  const facts = { made, language: blog.site.language };
  yield ["/cv.pdf", await cache.recall(pdfKey(cv, facts), () => cvPdf(cv, facts))];
  yield ["/schedule.json", JSON.stringify({ due: dueMoments(blog) })];
  if (security) yield [securityTxtUrl, security];
  // Its icons are drawn for the published site alone.
  if (!isPreview) yield [webManifestUrl, webManifest(blog.site)];
  yield ["/_redirects", redirectsFile(blog)];
}

/** To draw the PDF takes half a second, of which much goes into loading what draws. */
function pdfKey(cv: Cv, facts: object): string {
  const drawnBy = codeVersion(
    ["publish/cv-pdf.ts"],
    ["pdfmake", "@fontsource/source-sans-3", "@fontsource/source-serif-4"],
  );
  return `${hash("sha256", JSON.stringify([drawnBy, cv, facts]))}.pdf`;
}
