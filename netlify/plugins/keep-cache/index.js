/** Hands what is expensive to make from one deploy to the next. @see https://docs.netlify.com/extend/develop-and-share/develop-build-plugins/ */
const kept = ["cards", "mails", "pictures", "posts.sqlite", "texts"].map((name) => `.cache/${name}`);

export const onPreBuild = ({ utils }) => utils.cache.restore(kept);

export const onPostBuild = ({ utils }) => utils.cache.save(kept);
