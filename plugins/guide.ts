/** A part of `/llms.txt` (llmstxt.org): what a program should read first. Paths are below the base. */
export interface GuideSection {
  title: string;
  links: { title: string; path: string; note?: string | undefined }[];
}
