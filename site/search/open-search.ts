/** Lets browsers search the portal from their address bar (OpenSearch 1.1); needs whole addresses. */
export function openSearchDescription(title: string, searchPage: string): string {
  // Browsers cut names after 16 characters.
  const name = escaped(title.slice(0, 16));
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${name}</ShortName>
  <Description>${escaped(`Search ${title}`)}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Url type="text/html" template="${escaped(searchPage)}?query={searchTerms}"/>
</OpenSearchDescription>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
