/** Something that happened to an entity on a day: charts of other plugins mark it. */
export interface EntityEvent {
  /** ISO day, UTC. */
  date: string;
  title: string;
  /** Address on the web; the same event of several entities is told once by it. */
  href?: string;
}
