/** A page per case study. */
import { caseStudyUrl } from "../content/case-studies.ts";

export const data = {
  layout: "layouts/case-study.11ty.ts",
  pagination: { data: "model.caseKeys", size: 1, alias: "caseKey" },
  permalink: ({ caseKey }: { readonly caseKey: string }): string => caseStudyUrl(caseKey),
};

export const render = (): string => "";
