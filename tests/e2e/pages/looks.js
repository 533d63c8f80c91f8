// What an element looks like, apart from where it lies and how much room the page leaves it.
const PLACE = /^(width|height|inline-size|block-size|perspective-origin|transform-origin|top|right|bottom|left|inset-.*|margin-.*|grid-template-.*)$/;

function looks(root, selector = "*") {
  const found = {};
  for (const [at, element] of [...root.querySelectorAll(selector)].entries()) {
    for (const pseudo of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const name = `${at} ${element.localName}.${element.getAttribute("class") ?? ""}${pseudo}`;
      found[name] = Object.fromEntries([...style].filter((it) => !PLACE.test(it))
        .map((it) => [it, style.getPropertyValue(it)]));
    }
  }
  return found;
}

function changes(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const found = names.flatMap((name) => {
    if (!before[name] || !after[name]) return [`${name} ${before[name] ? "went" : "came"}`];
    return Object.keys(before[name]).filter((it) => before[name][it] !== after[name][it])
      .map((it) => `${name} { ${it}: ${before[name][it]} → ${after[name][it]} }`);
  });
  return found.slice(0, 12);
}
