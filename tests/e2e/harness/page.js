// What a respondent perceives, through open shadow roots. Runs in every page before its own scripts.
window.e2e = (() => {
  const INTERACTIVE = "a[href], button, input, select, textarea, summary, [tabindex], [role=button]";
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const events = [];

  // The browser's log is read after each test; what would not appear there is sent there.
  addEventListener("unhandledrejection", (event) => console.error(`unhandled: ${event.reason}`));
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  }, true);
  const names = ["ready", "shown", "started", "answered", "page", "completed", "queued", "sent"];
  for (const name of [...names, "failed", "closed", "error"]) {
    addEventListener(`askwell-${name}`, ({ type, target, detail, bubbles, composed }) => {
      events.push({ type, target: target.id, detail, bubbles, composed });
    });
  }

  // The document and every shadow root in it.
  function roots(root = document) {
    const hosts = [...root.querySelectorAll("*")].filter((element) => element.shadowRoot);
    return [root, ...hosts.flatMap((host) => roots(host.shadowRoot))];
  }

  const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);

  function text() {
    const parts = roots().map((root) => {
      if (root === document) return root.body?.innerText;
      const shown = [...root.children].filter((child) => child.checkVisibility());
      return shown.map((child) => child.innerText).join(" ");
    });
    return clean(parts.join(" "));
  }

  function active() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  function parent(node) {
    return node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
  }

  function* ancestors(node) {
    for (let above = parent(node); above; above = parent(above)) yield above;
  }

  const named = (element, attribute) => {
    const ids = clean(element.getAttribute(attribute)).split(" ").filter(Boolean);
    return clean(ids.map((id) => element.getRootNode().getElementById(id)?.textContent).join(" "));
  };

  // The names of the groups that an element is in, the innermost first.
  function groups(element) {
    const found = [];
    for (const above of ancestors(element)) {
      const legend = above.localName === "fieldset" && above.querySelector(":scope > legend");
      const name = named(above, "aria-labelledby") || above.getAttribute("aria-label");
      if (legend) found.push(clean(legend.textContent));
      else if (name) found.push(clean(name));
    }
    return found;
  }

  function focus() {
    const element = active();
    if (!element || element === document.body) return null;
    return {
      element,
      tag: element.localName,
      groups: groups(element),
      checked: element.checked ?? element.getAttribute("aria-checked") === "true",
      value: element.value ?? "",
      outlined: isOutlined(element),
      covered: isCovered(element),
    };
  }

  const describedBy = (element) => named(element, "aria-describedby");

  // A control that is drawn by its neighbours shows its focus there.
  function isOutlined(element) {
    // A part that the browser draws, such as the button of a date's calendar, has its own outline.
    if (!element.matches(":focus")) return true;
    const near = [element, ...(element.labels ?? []), element.parentElement];
    near.push(element.nextElementSibling, element.parentElement?.parentElement);
    return near.some((place) => {
      if (!place) return false;
      const style = getComputedStyle(place);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  }

  // Whether nothing of it can be reached with a finger, as under a bar that stays.
  function isCovered(element) {
    const parts = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
    const box = parts.find(({ width, height }) => width > 4 && height > 4) ?? parts[0];
    const points = [0.1, 0.5, 0.9].map((share) => [
      (box.left + box.right) / 2,
      box.top + (box.bottom - box.top) * share,
    ]);
    return points.every(([x, y]) => {
      let hit = document.elementFromPoint(x, y);
      while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) {
        hit = hit.shadowRoot.elementFromPoint(x, y);
      }
      if (!hit) return true;
      const near = [element, ...(element.labels ?? [])];
      return !near.some((part) => part.contains(hit) || hit.contains(part));
    });
  }

  // Chooses the first radio button of every group.
  function chooseLeast() {
    const radios = all("input[type=radio]").reverse();
    for (const radio of new Map(radios.map((radio) => [radio.name, radio])).values()) radio.click();
  }

  const isHidden = (element) =>
    !element.checkVisibility({ visibilityProperty: true }) || !!element.closest("[inert]");

  // What can be touched but is smaller than a finger. Links within a sentence are exempt, as in
  // WCAG 2.5.8, and so is what is off the screen until it has the focus.
  function smallTargets(least) {
    const small = [];
    for (const element of all(INTERACTIVE)) {
      if (isHidden(element) || element.tabIndex < 0 && !element.matches("input")) continue;
      const inText = element.matches("a") && element.closest("p, li, dd, td, small, figcaption") &&
        getComputedStyle(element).display === "inline";
      const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
      const shown = boxes.filter((box) => box.width && box.height && box.bottom + scrollY > 0);
      if (inText || !shown.length) continue;
      const width = Math.max(...shown.map((box) => box.right)) - Math.min(...shown.map((box) => box.left));
      const height = Math.max(...shown.map((box) => box.bottom)) - Math.min(...shown.map((box) => box.top));
      if (width < least - 0.5 || height < least - 0.5) {
        const label = clean(element.getAttribute("aria-label") ?? element.textContent).slice(0, 40);
        const size = `${width.toFixed(1)} × ${height.toFixed(1)}`;
        small.push(`${element.localName}.${element.className} “${label}”: ${size}`);
      }
    }
    return small;
  }

  // How far the page can be scrolled sideways, and what sticks out.
  function sideways() {
    const width = document.documentElement.clientWidth;
    const extra = document.scrollingElement.scrollWidth - width;
    if (extra <= 0) return [];
    const wide = all("*").filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width && box.right > width + 0.5 && !isHidden(element);
    });
    return [`${extra} px`, ...wide.map((element) => `${element.localName}.${element.className}`)];
  }

  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // All that this site keeps in this browser.
  async function kept() {
    const parts = Object.entries(localStorage);
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        parts.push(await settled(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(parts);
  }

  return { all, roots, chooseLeast, describedBy, kept, text, active, focus, events, smallTargets, sideways };
})();
