/** Addresses of the site itself: a link may lead there, and no post can have them as an older one. A page added to site/pages/ is named here. */

const pages = [
  "/",
  "/posts/",
  "/404.html",
  "/feed.xml",
  "/feed.json",
  "/feed.css",
  "/rss.xml",
  "/sitemap.xml",
  "/robots.txt",
  "/llms.txt",
  "/schedule.json",
  "/apple-touch-icon.png",
  "/icon.svg",
  "/icon-192.png",
  "/icon-512.png",
  "/icon-maskable.png",
  "/site.webmanifest",
  "/cv.pdf",
  "/cv.json",
  "/cv.vcf",
];
/** What stands below these is the site's too. */
const areas = [
  "/.well-known/",
  "/about/",
  "/api/",
  "/assets/",
  "/colophon/",
  "/contact/",
  "/cv/",
  "/newsletter/",
  "/posts/page/",
  "/preview/",
  "/privacy/",
  "/search/",
  "/tags/",
  "/talks/",
  "/technologies/",
  "/work/",
];
/** Every series has its page, and nothing but its feeds stands below it: older posts may. */
const series = /^\/series\/(?:[^/]+\/(?:feed\.xml|rss\.xml|feed\.json)?)?$/;

/** `path` with a slash at its end, unless it names a file. */
export function isSiteAddress(path: string): boolean {
  return pages.includes(path) || areas.some((area) => path.startsWith(area)) || series.test(path);
}
