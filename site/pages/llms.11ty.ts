/** The site's contents for language models. */
import { llmsFile } from "../publish/llms.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/llms.txt" };

export const render = ({ model }: TemplateData): string => llmsFile(model.blog);
