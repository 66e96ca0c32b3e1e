/** Keeps what makes the next build faster; everything in it may be lost at any time. */
export async function onPreBuild({ utils }) {
  await utils.cache.restore(['.callboard', 'dist']);
}

export async function onPostBuild({ utils }) {
  await utils.cache.save(['.callboard', 'dist']);
}
