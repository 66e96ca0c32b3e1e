/** An Atom feed (RFC 4287); text is plain text, whatever it holds. */
export interface Feed {
  /** Absolute address of the feed, or its path below the host. */
  self: string;
  /** Page the feed belongs to. */
  page: string;
  id: string;
  title: string;
  author: string;
  updated: string;
  entries: readonly FeedEntry[];
}

export interface FeedEntry {
  id: string;
  title: string;
  updated: string;
  link: string;
  category: string;
  summary?: string | undefined;
}

/** The feed as XML. */
export function atomText(feed: Feed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escaped(feed.id)}</id>
  <title>${escaped(feed.title)}</title>
  <updated>${escaped(feed.updated)}</updated>
  <author><name>${escaped(feed.author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${escaped(feed.page)}"/>
  <generator>Callboard</generator>
${feed.entries.map(entryText).join('')}</feed>
`;
}

function entryText({ id, title, updated, link, category, summary }: FeedEntry): string {
  return `  <entry>
    <id>${escaped(id)}</id>
    <title>${escaped(title)}</title>
    <updated>${escaped(updated)}</updated>
    <link rel="alternate" type="text/html" href="${escaped(link)}"/>
    <category term="${escaped(category)}"/>
    <summary>${escaped(summary ?? title)}</summary>
  </entry>
`;
}

/** XML 1.0 has no place at all for most control characters and lone surrogates, escaped or not. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- these are what must go
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}
