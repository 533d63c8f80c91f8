// The link page: survey.html#src=instruments/tour-satisfaction.json&lang=en
// The part behind # never reaches a server's log.
const link = new URLSearchParams(location.hash.slice(1));
const survey = document.getElementById("survey");
const source = link.get("src");

// Surveys of this site only: a link must not show a stranger's questions under this site's name.
const address = source && URL.canParse(source, document.baseURI) && new URL(source, document.baseURI);

if (address && address.origin === location.origin) {
  const language = link.get("lang");
  if (language) {
    survey.dataset.ownLanguage = "";
    survey.setAttribute("locale", language);
  }
  survey.setAttribute("src", address.href);
} else {
  survey.remove();
  document.getElementById("no-survey").hidden = false;
}
