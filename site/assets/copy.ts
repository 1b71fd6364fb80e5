/** A copy button on every block of code: what it copies is the code, without prompts, output and removed lines. */
export function copyButtons(): void {
  const { clipboard } = navigator;
  if (!clipboard) return;
  const status = document.createElement("output");
  status.className = "visually-hidden";
  document.body.append(status);
  for (const [index, pre] of document.querySelectorAll(".code > pre").entries()) {
    const button = document.createElement("button");
    const say = (text: string) => {
      button.textContent = text;
      status.textContent = text === idle ? "" : text;
    };
    button.type = "button";
    button.className = "copy";
    button.textContent = idle;
    const title = pre.previousElementSibling?.textContent;
    button.ariaLabel = `Copy code ${index + 1}${title ? `: ${title}` : ""}`;
    button.onclick = async () => {
      say(
        await clipboard.writeText(codeIn(pre)).then(
          () => "Copied",
          () => "Not copied",
        ),
      );
      setTimeout(say, 2000, idle);
    };
    pre.before(button);
  }
}

const idle = "Copy";

/** Without the last line end, at which a terminal would run what is pasted. */
function codeIn(pre: Element): string {
  const code = pre.cloneNode(true) as Element;
  for (const part of code.querySelectorAll(".p, del, samp")) part.remove();
  return code.textContent.replace(/\n$/, "");
}
