/** What a page gains with JavaScript. Nothing here is needed to read, to navigate or to send a form. */
import { copyButtons } from "./copy.ts";
import { enlargePictures } from "./enlarge.ts";
import { themeSwitch } from "./theme-switch.ts";
import { countView } from "./views.ts";

themeSwitch();
copyButtons();
enlargePictures();
countView();
