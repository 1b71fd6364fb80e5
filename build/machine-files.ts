/** Everything that is published for programs: feeds, search, schedule, redirects, the forms of the curriculum vitae. */
import { cvOf } from "../site/publish/cv.ts";
import { cvPdf } from "../site/publish/cv-pdf.ts";
import { jsonResume } from "../site/publish/json-resume.ts";
import { redirectsFile } from "../site/publish/redirects.ts";
import { dueMoments } from "../site/publish/schedule.ts";
import { searchFiles } from "../site/publish/search-index.ts";
import { securityTxt, securityTxtUrl } from "../site/publish/security-txt.ts";
import { vcard } from "../site/publish/vcard.ts";
import { webManifest, webManifestUrl } from "../site/publish/web-manifest.ts";
import type { SiteModel } from "../site/template.ts";

/** Contents by their paths from the origin. */
export async function machineFiles(
  { blog, isPreview }: SiteModel,
  feeds: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const cv = cvOf(blog);
  // The only date in the PDF follows from the posts, so that the same site is the same bytes.
  const made = blog.posts[0]?.modified.toJSDate() ?? new Date(0);
  const security = securityTxt(blog);
  return new Map<string, string | Uint8Array>([
    ...feeds,
    ...searchFiles(blog),
    ["/cv.json", jsonResume(cv)],
    ["/cv.vcf", vcard(cv)],
    ["/cv.pdf", await cvPdf(cv, { made, language: blog.site.language })],
    ["/schedule.json", JSON.stringify({ due: dueMoments(blog) })],
    ...(security ? [[securityTxtUrl, security] as const] : []),
    // Its icons are drawn for the published site alone.
    ...(isPreview ? [] : [[webManifestUrl, webManifest(blog.site)] as const]),
    ["/_redirects", redirectsFile(blog)],
  ]);
}
