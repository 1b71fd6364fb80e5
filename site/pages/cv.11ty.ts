/** The owner's curriculum vitae. */
export const data = {
  layout: "layouts/cv.11ty.ts",
  permalink: "/cv/",
  title: "Curriculum vitae",
  description: "Experience, results, projects and talks on two pages; also as PDF, JSON Resume and vCard.",
};

export const render = (): string => "";
