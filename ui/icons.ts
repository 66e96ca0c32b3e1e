import activity from 'lucide-static/icons/activity.svg?raw';
import appWindow from 'lucide-static/icons/app-window.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import arrowUpRight from 'lucide-static/icons/arrow-up-right.svg?raw';
import bot from 'lucide-static/icons/bot.svg?raw';
import box from 'lucide-static/icons/box.svg?raw';
import boxes from 'lucide-static/icons/boxes.svg?raw';
import braces from 'lucide-static/icons/braces.svg?raw';
import bookOpen from 'lucide-static/icons/book-open.svg?raw';
import bookText from 'lucide-static/icons/book-text.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import circleAlert from 'lucide-static/icons/circle-alert.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import cloud from 'lucide-static/icons/cloud.svg?raw';
import codeXml from 'lucide-static/icons/code-xml.svg?raw';
import contrast from 'lucide-static/icons/contrast.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import database from 'lucide-static/icons/database.svg?raw';
import dollarSign from 'lucide-static/icons/dollar-sign.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import ellipsis from 'lucide-static/icons/ellipsis.svg?raw';
import externalLink from 'lucide-static/icons/external-link.svg?raw';
import fileCode from 'lucide-static/icons/file-code.svg?raw';
import fileText from 'lucide-static/icons/file-text.svg?raw';
import gitBranch from 'lucide-static/icons/git-branch.svg?raw';
import globe from 'lucide-static/icons/globe.svg?raw';
import heartPulse from 'lucide-static/icons/heart-pulse.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import house from 'lucide-static/icons/house.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import key from 'lucide-static/icons/key.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import layoutList from 'lucide-static/icons/layout-list.svg?raw';
import layoutTemplate from 'lucide-static/icons/layout-template.svg?raw';
import library from 'lucide-static/icons/library.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import list from 'lucide-static/icons/list.svg?raw';
import listFilter from 'lucide-static/icons/list-filter.svg?raw';
import mail from 'lucide-static/icons/mail.svg?raw';
import mapPin from 'lucide-static/icons/map-pin.svg?raw';
import maximize2 from 'lucide-static/icons/maximize-2.svg?raw';
import menu from 'lucide-static/icons/menu.svg?raw';
import messageSquare from 'lucide-static/icons/message-square.svg?raw';
import monitor from 'lucide-static/icons/monitor.svg?raw';
import parcel from 'lucide-static/icons/package.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import phone from 'lucide-static/icons/phone.svg?raw';
import plug from 'lucide-static/icons/plug.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import refreshCw from 'lucide-static/icons/refresh-cw.svg?raw';
import rocket from 'lucide-static/icons/rocket.svg?raw';
import scrollText from 'lucide-static/icons/scroll-text.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import server from 'lucide-static/icons/server.svg?raw';
import settings from 'lucide-static/icons/settings.svg?raw';
import shieldCheck from 'lucide-static/icons/shield-check.svg?raw';
import shipWheel from 'lucide-static/icons/ship-wheel.svg?raw';
import square from 'lucide-static/icons/square.svg?raw';
import star from 'lucide-static/icons/star.svg?raw';
import tag from 'lucide-static/icons/tag.svg?raw';
import target from 'lucide-static/icons/target.svg?raw';
import terminal from 'lucide-static/icons/terminal.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import user from 'lucide-static/icons/user.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import wallet from 'lucide-static/icons/wallet.svg?raw';
import waypoints from 'lucide-static/icons/waypoints.svg?raw';
import workflow from 'lucide-static/icons/workflow.svg?raw';
import wrench from 'lucide-static/icons/wrench.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import zap from 'lucide-static/icons/zap.svg?raw';

/** Lucide's icons in use (ISC), read from the package at build time; only those a page draws are in it. */
const sources = {
  activity,
  'app-window': appWindow,
  'arrow-right': arrowRight,
  'arrow-up-right': arrowUpRight,
  bot,
  box,
  boxes,
  braces,
  'book-open': bookOpen,
  'book-text': bookText,
  check,
  'chevron-down': chevronDown,
  'chevron-right': chevronRight,
  'circle-alert': circleAlert,
  clock,
  cloud,
  'code-xml': codeXml,
  contrast,
  copy,
  database,
  'dollar-sign': dollarSign,
  download,
  ellipsis,
  'external-link': externalLink,
  'file-code': fileCode,
  'file-text': fileText,
  'git-branch': gitBranch,
  globe,
  'heart-pulse': heartPulse,
  history,
  house,
  info,
  key,
  layers,
  'layout-list': layoutList,
  'layout-template': layoutTemplate,
  library,
  link,
  list,
  'list-filter': listFilter,
  mail,
  'map-pin': mapPin,
  'maximize-2': maximize2,
  menu,
  'message-square': messageSquare,
  monitor,
  package: parcel,
  pencil,
  phone,
  plug,
  plus,
  'refresh-cw': refreshCw,
  rocket,
  'scroll-text': scrollText,
  search,
  server,
  settings,
  'shield-check': shieldCheck,
  'ship-wheel': shipWheel,
  square,
  star,
  tag,
  target,
  terminal,
  'triangle-alert': triangleAlert,
  user,
  users,
  wallet,
  waypoints,
  workflow,
  wrench,
  x,
  zap,
};

export type IconName = keyof typeof sources;

/** The names there are, for the gallery. */
export const iconNames = Object.keys(sources) as IconName[];

/** What stands inside an icon's `<svg>`. */
export function iconShapes(name: IconName): string {
  return sources[name]
    .replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/\s*\n\s*| (?=\/>)/g, '');
}

/** Whether an icon of this name, written by a contributor, exists here. */
export function isIconName(name: string): name is IconName {
  return Object.hasOwn(sources, name);
}
