// Every question type with its examples, each as a survey of its own.
const names = await fetch("examples/index.json").then((response) => response.json());
const types = document.getElementById("types");
const gallery = document.getElementById("examples");
const root = document.documentElement;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function show(name) {
  types.append(element("a", { href: `#${name}`, textContent: name }));
  const section = element("section", { id: name }, element("h3", { textContent: name }));
  gallery.append(section);
  const questions = await fetch(`examples/${name}.json`).then((response) => response.json());
  const survey = element("askwell-survey", { id: `example-${name}` });
  survey.setAttribute("locale", root.lang);
  survey.setAttribute("theme", root.dataset.theme ?? "auto");
  survey.definition = {
    askwell: 1,
    id: `example-${name}`,
    locales: ["zh-Hant", "en"],
    pages: [{ id: "examples", questions }],
  };
  section.append(survey);
}

for (const name of names) show(name);
