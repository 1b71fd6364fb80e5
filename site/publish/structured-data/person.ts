/** The owner, with the facts of the curriculum vitae. @see https://schema.org/Person */
import type { Blog } from "../../content/blog.ts";
import type { Achievements } from "../../content/schemas.ts";
import { cvOf } from "../cv.ts";
import { machineDate, type Thing, theOwner } from "./graph.ts";

export function person(blog: Blog): Thing {
  const cv = cvOf(blog);
  return {
    "@type": "Person",
    ...theOwner(blog.site),
    name: cv.name,
    jobTitle: cv.role,
    description: cv.summary,
    url: cv.url,
    telephone: cv.phone,
    sameAs: cv.profiles.map(({ url }) => url),
    worksFor: cv.jobs
      .filter(({ to }) => !to)
      .slice(0, 1)
      .map(({ employer }) => ({ "@type": "Organization", name: employer })),
    hasOccupation: cv.jobs.map(({ employer, title, summary }) => ({
      "@type": "Role",
      roleName: title ?? cv.role,
      name: employer,
      description: summary,
    })),
    award: cv.awards.map(({ title, when }) => [title, when].filter(Boolean).join(", ")),
    hasCredential: blog.achievements.filter(({ kind }) => kind === "certification").map(credential),
    knowsAbout: [...cv.technologies, ...cv.interests],
  };
}

/** @see https://schema.org/EducationalOccupationalCredential */
function credential({ title, detail, when, url, expires, verify }: Achievements[number]): Thing {
  return {
    "@type": "EducationalOccupationalCredential",
    name: title,
    about: detail,
    credentialCategory: "certification",
    dateCreated: machineDate(when),
    expires,
    url: verify ?? url,
  };
}

/** Names the owner on the page of an article, where those look who read no other. */
export function author({ site, profile }: Pick<Blog, "site" | "profile">): Thing {
  return { "@type": "Person", ...theOwner(site), name: profile.name ?? profile.role, url: `${site.url}/about/` };
}
