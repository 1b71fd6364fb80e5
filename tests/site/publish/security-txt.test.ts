/** The file that says where to report a hole in the site. */
import { expect, test } from "vitest";
import { loadBlog } from "../../../site/content/load.ts";
import { securityTxt } from "../../../site/publish/security-txt.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

async function blogOf(files: Readonly<Record<string, string>>) {
  const blog = await loadBlog(await siteInAFolder(files));
  return { ...blog, site: { ...blog.site, url: "https://blog.example", language: "de" } };
}

test("names the contact page, and a year after the last change as its end", async () => {
  const blog = await blogOf({
    "posts/old.md": post({ published: "2026-01-05", updated: "2026-06-01T10:00Z" }),
    "posts/new.md": post({ published: "2026-03-14" }),
  });
  expect(securityTxt({ ...blog, profile: { ...blog.profile, email: undefined } })).toBe(
    [
      "Contact: https://blog.example/contact/",
      "Expires: 2027-06-01T10:00:00Z",
      "Preferred-Languages: de",
      "Canonical: https://blog.example/.well-known/security.txt",
      "",
    ].join("\n"),
  );
});

test("names the owner's address where there is one", async () => {
  const blog = await blogOf({ "posts/a.md": post() });
  const text = securityTxt({ ...blog, profile: { ...blog.profile, email: "me@blog.example" } });
  expect(text).toContain("Contact: mailto:me@blog.example\n");
});

test("is absent while there are no posts, which have the only dates", async () => {
  expect(securityTxt(await blogOf({}))).toBeUndefined();
});
