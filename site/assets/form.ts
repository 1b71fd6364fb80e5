/**
 * Sends the form of the page without leaving it: mistakes appear in place, and no text is lost where there is no network.
 * The function answers with the page that is shown without this script; the script takes its main part.
 */

/** Also the key by which the function of the contact form knows this page's form again. */
const opened = Date.now();

/** Throws when the page has no form that is to be sent so. */
function enhance(page: Document): void {
  const form = page.forms["send" as never] as HTMLFormElement;
  const failure = form.lastElementChild as HTMLElement;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form) as never);
    body.set("times", [opened, Date.now()] as never);
    // A second press finds nothing to press.
    form.inert = failure.hidden = true;
    failure.hidden = await send(form.action, body).catch(() => false);
    form.inert = false;
    failure.focus();
  };
}

/** Rejects when there is no network or the answer does not have the form: then the visitor's own stays as it is. */
async function send(address: string, body: URLSearchParams): Promise<boolean> {
  const answer = await fetch(address, { method: "POST", body });
  const challenge = answer.headers.get("Proof");
  if (challenge) {
    body.set("proof", await solve(challenge));
    return send(address, body);
  }
  if (answer.redirected) location.href = answer.url;
  else {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    enhance(page);
    document.title = page.title;
    (document.querySelector("main") as Element).replaceWith(page.querySelector("main") as Element);
    (document.querySelector("[autofocus]") as HTMLElement).focus();
  }
  return true;
}

/** With a number that makes the hash begin with sixteen zeros: what functions/lib/http/proof.ts asks for. */
async function solve(challenge: string): Promise<string> {
  for (let n = 0; ; n++) {
    const text = `${challenge}:${n}`;
    if (!new Uint16Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))[0]) return text;
  }
}

enhance(document);

/** The owner's address: programs that read pages for addresses are not to find it in them. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-mail]")) {
  link.href = `mailto:${atob(link.dataset["mail"] as string)}`;
  link.hidden = false;
}

export {};
