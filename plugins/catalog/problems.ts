import type { ProblemKind } from '../types.ts';

/** Everything that can be wrong with what people register in the catalog. */
export const problems: Readonly<Record<string, ProblemKind>> = {
  'catalog/yaml-syntax': {
    severity: 'error',
    title: 'Not valid YAML',
    explain:
      'The document could not be read, so its entity is not in the catalog. The other documents of the file are.',
    fix: 'Go to the line and column given. Values that start with a special character need quotes; every key may occur once.',
  },
  'catalog/yaml-aliases': {
    severity: 'error',
    title: 'Aliases make a document too large',
    explain:
      'Anchors and aliases that nest can make a few lines as large as a disk. Such a document is not read.',
    fix: 'Write the repeated parts out.',
  },
  'catalog/yaml-tag': {
    severity: 'warning',
    title: 'A YAML tag was ignored',
    explain:
      'Tags such as `!Ref` or `!!js/function` mean nothing in a catalog file: the value is read as plain YAML.',
    fix: 'Remove the tag.',
  },
  'catalog/unsafe-key': {
    severity: 'warning',
    title: 'A key was left out',
    explain:
      'Keys called __proto__, constructor or prototype can change how programs behave, so they are never read.',
    fix: 'Rename the key.',
  },
  'catalog/unsafe-link': {
    severity: 'warning',
    title: 'A link is not shown',
    explain:
      'A link whose address can run code or carries its own content, such as `javascript:` or `data:`, is left out of the page. The entity itself is shown.',
    fix: 'Give the link an https address.',
  },
  'catalog/encoding': {
    severity: 'warning',
    title: 'The file is not plain UTF-8',
    explain:
      'Catalog files are text in UTF-8. Other encodings are read as well as they can be; binary files are not.',
    fix: 'Save the file as UTF-8.',
  },
  'catalog/file-too-large': {
    severity: 'error',
    title: 'A catalog file is too large',
    explain:
      'A file over 10 MiB or with more than 25,000 documents is not read, or not to its end, so that one file cannot hold up the portal.',
    fix: 'Split the file. If it is no catalog file, narrow `catalogFiles` of the source.',
  },
  'catalog/file-unreadable': {
    severity: 'error',
    title: 'A catalog file could not be read',
    explain:
      'The file is there but may not be read, or it is a link that leads out of its repository.',
    fix: 'Commit the file itself instead of a link, and let the collect read it.',
  },
  'catalog/not-an-entity': {
    severity: 'error',
    title: 'A document of a catalog file is no entity',
    explain:
      'In a file called catalog-info every document describes one entity: a map with apiVersion, kind and metadata.',
    fix: 'Remove the document or move it to a file of another name.',
  },
  'catalog/invalid-entity': {
    severity: 'error',
    title: 'An entity breaks the format',
    explain:
      'The entity does not follow Backstage’s descriptor format, so it is not in the catalog. Every mistake is listed on its own.',
    fix: 'Correct the field given; `callboard check` says at once whether it is right.',
  },
  'catalog/unknown-kind': {
    severity: 'error',
    title: 'The kind is not known',
    explain:
      'The catalog knows Component, API, Resource, System, Domain, Group, User, Location, Template and AiResource, each with its apiVersion. Case matters.',
    fix: 'Correct `kind` or `apiVersion`.',
  },
  'catalog/placeholder': {
    severity: 'error',
    title: 'A placeholder could not be filled in',
    explain:
      '`$text`, `$json` and `$yaml` bring in another file of the same repository. Without that file the entity is not complete, so it is not in the catalog.',
    fix: 'Commit the file and name it by a path relative to the catalog file.',
  },
  'catalog/bad-reference': {
    severity: 'error',
    title: 'A reference cannot be read',
    explain:
      'References have the form [kind:][namespace/]name. Some fields, such as dependsOn, have no usual kind, so it must be given. The entity is shown without this relation.',
    fix: 'Write the reference in full, e.g. `component:default/checkout`.',
  },
  'catalog/dangling-reference': {
    severity: 'warning',
    title: 'A reference leads nowhere',
    explain:
      'The entity refers to one that is not in the catalog: a typo, something renamed, or something not registered yet.',
    fix: 'Correct the reference or register the entity.',
  },
  'catalog/duplicate': {
    severity: 'error',
    title: 'Two entities have the same name',
    explain:
      'Kind, namespace and name together must occur once; case does not count. The first one is shown, in the order of the sources, then of repositories and files.',
    fix: 'Remove or rename one of them.',
  },
  'catalog/no-owner': {
    severity: 'warning',
    title: 'An entity has no owner',
    explain: 'Nobody is named who answers for it. What CODEOWNERS says is shown as a guess.',
    fix: 'Add `spec.owner`.',
  },
  'catalog/cycle': {
    severity: 'warning',
    title: 'A hierarchy goes in a circle',
    explain:
      'A group, domain or component is, by way of others, above itself. The portal shows it, yet no tree can be right.',
    fix: 'Remove one of the references of the circle.',
  },
  'catalog/kind-not-allowed': {
    severity: 'error',
    title: 'This repository may not register this kind',
    explain:
      'The portal’s rules say which kinds a repository may register, e.g. so that nobody makes themselves an owner of everything.',
    fix: 'Move the entity, or ask the platform team to change `plugins.catalog.rules`.',
  },
  'catalog/location-missing': {
    severity: 'error',
    title: 'A Location names nothing',
    explain:
      'No file matches the target. Targets are relative to the file of the Location; a leading slash means the root of the repository.',
    fix: 'Correct the path, or set `presence: optional`.',
  },
  'catalog/location-outside': {
    severity: 'error',
    title: 'A Location leads out of its repository',
    explain:
      'Only files of the same repository are read, so that what one team commits cannot reach into another’s files.',
    fix: 'Name a file of this repository.',
  },
  'catalog/location-url': {
    severity: 'warning',
    title: 'A Location names a web address',
    explain: 'Only the repositories of `sources` are read; an address elsewhere is not fetched.',
    fix: 'Add that repository to `sources` of the portal.',
  },
  'catalog/location-cycle': {
    severity: 'warning',
    title: 'Locations name each other in a circle',
    explain: 'Every file is read once, so nothing is lost, but the circle is a mistake.',
    fix: 'Remove one of the targets.',
  },
  'catalog/location-too-many': {
    severity: 'error',
    title: 'A Location matches too many files',
    explain: 'One Location may name 2,000 files. The rest is left out.',
    fix: 'Narrow the glob.',
  },
};
