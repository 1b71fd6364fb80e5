/** Posts with their pictures as they are published: in the sizes and formats that readers can use. */
import { type Blog, type Post, withPosts } from "../content/blog.ts";
import { type Addresses, cardAddress, ownAddresses, publishedAddresses } from "../pictures/addresses.ts";
import type { LocalPicture } from "../pictures/local-picture.ts";
import { pictureMarkup } from "../pictures/markup.ts";
import { replacePictures, withAttributes } from "../pictures/replace.ts";

type AddressesOf = (picture: LocalPicture) => Addresses;

/** The pictures whose files the published pages name. */
export interface PublishedPictures {
  readonly blog: Blog;
  /** Shown by articles, those for dark pages included. */
  readonly shown: readonly LocalPicture[];
  /** Stand for articles elsewhere. */
  readonly cards: readonly LocalPicture[];
}

/**
 * Public posts get files that have yet to be made. A preview, and what is not public, shows the author's own files: nothing has
 * to be made for them, and nothing of them is in a public place.
 */
export function publishPictures(blog: Blog, isPreview: boolean): PublishedPictures {
  const hidden = blog.hidden.map(withOwnFiles);
  if (isPreview) {
    return { blog: { ...withPosts(blog, withOwnFiles), hidden }, shown: [], cards: [] };
  }
  const published = withPosts(blog, (post) => withCard(withPlain(withPage(post, publishedAddresses))));
  return {
    blog: { ...published, hidden },
    shown: blog.posts.flatMap(shownBy),
    cards: blog.posts.flatMap((post) => cardOf(post) ?? []),
  };
}

const previewed = new WeakMap<Post, Post>();

/** A post of a preview. The same object for the same post, so that one sees what an edit has left alone. */
export function withOwnFiles(post: Post): Post {
  const made = previewed.get(post) ?? withPage(post, ownAddresses);
  previewed.set(post, made);
  return made;
}

function withPage(post: Post, addressesOf: AddressesOf): Post {
  if (post.pictures.size === 0) return post;
  const { html } = replacePictures(post.article, (tag, { src, isLinked, isEarly }) => {
    const picture = post.pictures.get(src);
    return picture ? pictureMarkup({ picture, tag, isLinked, isEarly, addressesOf }) : tag;
  });
  return { ...post, pageHtml: html };
}

/** Feeds and mails get one file of a sensible size. */
function withPlain(post: Post): Post {
  if (post.pictures.size === 0) return post;
  const article = replacePictures(post.article, (tag, { src }) => {
    const picture = post.pictures.get(src);
    if (!picture) return tag;
    const { url, ...size } = publishedAddresses(picture).fallback;
    return withAttributes(tag, { src: url, ...size });
  });
  return { ...post, article };
}

function withCard(post: Post): Post {
  const picture = cardOf(post);
  if (!picture || !post.preview) return post;
  const { url, ...size } = cardAddress(picture);
  return { ...post, preview: { ...post.preview, image: url, ...size } };
}

function cardOf({ preview, pictures }: Post): LocalPicture | undefined {
  return preview && pictures.get(preview.image);
}

function shownBy({ article, pictures }: Post): readonly LocalPicture[] {
  return article.images.flatMap(({ src }) => {
    const picture = pictures.get(src);
    return picture ? [picture, ...(picture.dark ? [picture.dark] : [])] : [];
  });
}
