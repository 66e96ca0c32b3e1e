import { safeUrl } from '../../ui/safe-url.ts';
import type { Entity } from '../types.ts';
import { profileOf } from './lookup.ts';

/** A way to reach people. */
export interface Contact {
  label: string;
  text: string;
  href: string | undefined;
}

const chats: [RegExp, string][] = [
  [/slack/i, 'Slack'],
  [/msteams|teams\.microsoft|microsoft teams/i, 'Teams'],
  [/discord/i, 'Discord'],
  [/mattermost/i, 'Mattermost'],
  [/pagerduty|opsgenie|on-?call/i, 'On call'],
];

/** How to reach who stands behind an entity: chat and on-call links of it and its owner, then their e-mail address. */
export function contactsOf(entity: Entity, owner: Entity | undefined): Contact[] {
  const found: Contact[] = [];
  for (const from of owner ? [entity, owner] : [entity]) {
    found.push(...fromLinks(from), ...fromAnnotations(from));
    const { email } = profileOf(from);
    if (email) found.push({ label: 'E-mail', text: email, href: safeUrl(`mailto:${email}`) });
  }
  const seen = new Set<string>();
  return found.filter(({ label, text }) => {
    const key = `${label} ${text}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}

function fromLinks(entity: Entity): Contact[] {
  return (entity.metadata.links ?? []).flatMap(({ url, title, type, icon }) => {
    const label = chatOf(`${type ?? ''} ${icon ?? ''} ${title ?? ''} ${url}`);
    const href = safeUrl(url);
    return label && href ? [{ label, text: title ?? href, href }] : [];
  });
}

/** Organisations write channels into annotations of their own, e.g. `acme.com/slack-channel: '#payments'`. */
function fromAnnotations(entity: Entity): Contact[] {
  return Object.entries(entity.metadata.annotations ?? {}).flatMap(([key, value]) => {
    const label = /slack|msteams|discord|mattermost/i.test(key) ? chatOf(key) : undefined;
    return label && value ? [{ label, text: value, href: safeUrl(value) }] : [];
  });
}

function chatOf(text: string): string | undefined {
  return chats.find(([pattern]) => pattern.test(text))?.[1];
}
