/** MathML without what a page's policy forbids and what no page needs: styles of its own become classes, or it is refused. */

/** Absent when the formula holds an element, a class or a style that styles/drawing.css has nothing for. */
export function leanMathml(markup: string): string | undefined {
  let isPossible = true;
  const written = markup.replace(/<([^/>][^>]*)>/g, (_, tag: string) => {
    const lean = leanTag(tag);
    isPossible &&= lean !== undefined;
    return `<${lean}>`;
  });
  return isPossible ? written : undefined;
}

function leanTag(tag: string): string | undefined {
  const [, name = "", attributes = ""] = /^([a-z]+)((?: [a-z-]+="[^"]*")*)$/.exec(tag) ?? [];
  if (!elements.test(name)) return undefined;
  const classes = new Set<string>();
  const kept: string[] = [];
  for (const [written, key = "", value = ""] of attributes.matchAll(/([a-z-]+)="([^"]*)"/g)) {
    const found = key === "class" ? value.split(" ").map(classOf) : key === "style" ? classesOf(value) : undefined;
    if (found?.includes(undefined)) return undefined;
    for (const one of found ?? []) if (one) classes.add(one);
    // Brackets and bars are fences by themselves; a rule has the colour of the text.
    if (!found && key !== "fence") kept.push(written.replace('="black"', '="currentcolor"'));
  }
  return [name, ...(classes.size > 0 ? [`class="${[...classes].join(" ")}"`] : []), ...kept].join(" ");
}

const elements =
  /^(?:math|m(?:enclose|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover))$/;

/** Classes of the library that styles/drawing.css knows, under its own names; the fine corrections of single fonts are left out. */
const knownClasses: Readonly<Record<string, string>> = {
  "tml-left": "to-left",
  "tml-right": "to-right",
  "tml-jot": "columns",
  "tml-small": "small",
  "tml-overline": "over",
  "tml-underline": "under",
  "tml-fbox": "boxed",
  "tml-cancel": "strike",
  upstrike: "up",
  downstrike: "down",
  sout: "out",
  "tml-tag": "tag",
};
const corrections =
  /^(?:tml-(?:display|(?:sml|med|lrg)-pad|vec|prime|hat-\d|tilde-\d|tageqn)|(?:chr|wbk)-.*|math(?:cal|scr))$/;

/** Empty for one that may go, absent for one that something would be wrong without. */
function classOf(name: string): string | undefined {
  return knownClasses[name] ?? (corrections.test(name) ? "" : undefined);
}

const knownStyles: Readonly<Record<string, string>> = {
  "border:1px solid": "boxed",
  "border-top:0.06em solid": "top",
  "border-bottom:0.06em solid": "bottom",
  "border-left:0.06em solid": "first",
  "border-right:0.06em solid": "last",
  "font-weight:bold": "bold",
  "margin-left:-0.1667em": "closer",
  "width:50%": "glue",
};
/** Distances between columns, which the styles set; and what the library says of cells that a row does not have. */
const idleStyles =
  /^(?:display:block math|math-depth:\d|padding(?:-left|-right)?:(?:0|0em|0pt|3pt|0\.4em|1em|5\.9776pt|0\.1389em)|width:(?:100|7\.5)%|text-align:left|color:undefined|(?:level|font|font-(?:family|size|weight|shape|style)|max-size):.*)$/;

function classesOf(style: string): readonly (string | undefined)[] {
  return style
    .split(";")
    .map((one) => one.replace(": ", ":").trim())
    .filter(Boolean)
    .map((one) => knownStyles[one] ?? (idleStyles.test(one) ? "" : undefined));
}
