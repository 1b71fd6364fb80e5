/** JSON-LD. @see https://schema.org/BlogPosting */
import type { Blog, Post } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import { type Html, trusted } from "../html.ts";
import type { Cv } from "./cv.ts";

export function postData(blog: Blog, post: Post): Html {
  const { site, profile } = blog;
  const author = { "@type": "Person", name: profile.name ?? profile.role, jobTitle: profile.role, url: `${site.url}/` };
  return jsonLd({
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    headline: post.title,
    description: post.description,
    url: site.url + post.url,
    datePublished: toIso(post.published),
    dateModified: toIso(post.modified),
    wordCount: post.article.words,
    keywords: post.tags,
    inLanguage: site.language,
    author,
  });
}

/** The owner, with the facts of the curriculum vitae. @see https://schema.org/Person */
export function personData(cv: Cv): Html {
  const organization = (name: string) => ({ "@type": "Organization", name });
  return jsonLd({
    "@context": "https://schema.org",
    "@type": "Person",
    name: cv.name,
    jobTitle: cv.role,
    description: cv.summary,
    url: cv.url,
    telephone: cv.phone,
    sameAs: cv.profiles.map(({ url }) => url),
    worksFor: cv.jobs
      .filter(({ to }) => !to)
      .slice(0, 1)
      .map(({ employer }) => organization(employer)),
    hasOccupation: cv.jobs.map(({ employer, title, summary }) => ({
      "@type": "Role",
      roleName: title ?? cv.role,
      name: employer,
      description: summary,
    })),
    award: cv.awards.map(({ title, when }) => [title, when].filter(Boolean).join(", ")),
    hasCredential: cv.certificates.map(({ title, detail, when, url }) => ({
      "@type": "EducationalOccupationalCredential",
      name: title,
      about: detail,
      dateCreated: when,
      url,
    })),
    knowsAbout: [...cv.technologies, ...cv.interests],
  });
}

/** A data block; `<` is escaped so that no text can end the element. */
function jsonLd(value: object): Html {
  return trusted(`<script type="application/ld+json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`);
}
