// Shows the page in a language and a theme, as its own buttons do, and waits until it is drawn.
const [language, theme] = arguments;
const root = document.documentElement;
const wanted = document.querySelector(`[data-language="${language}"]`);
const other = document.querySelector(".theme");
if (wanted) wanted.click();
if (other && root.hasAttribute("data-dark") !== (theme === "dark")) other.click();
for (const survey of document.querySelectorAll("askwell-survey")) {
  if (!wanted) survey.setAttribute("locale", language);
  if (!other) survey.setAttribute("theme", theme);
}
if (!other) root.style.colorScheme = theme;
scrollTo(0, 0);
const moving = () =>
  e2e.roots().flatMap((root) => root.getAnimations().map((animation) => animation.finished));
return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.allSettled(moving()));
