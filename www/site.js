// Language and theme of the demo pages. Runs before the page is drawn, so that neither flickers.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Storage may be blocked; then a choice lasts as long as the page.
  const remembered = (name) => {
    try {
      return sessionStorage.getItem(`demo-${name}`);
    } catch {
      return null;
    }
  };
  const remember = (name, value) => {
    try {
      sessionStorage.setItem(`demo-${name}`, value);
    } catch {}
  };

  const wanted = new URLSearchParams(location.search);
  const browser = navigator.language.toLowerCase().startsWith("zh") ? "zh-Hant" : "en";
  let language = wanted.get("lang") ?? remembered("language") ?? browser;
  let theme = wanted.get("theme") ?? remembered("theme") ?? "auto";

  function apply() {
    root.lang = language === "en" ? "en" : "zh-Hant";
    const isDark = theme === "dark" || (theme === "auto" && dark.matches);
    root.toggleAttribute("data-dark", isDark);
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = theme;
    const title = document.querySelector(`meta[name="title:${root.lang}"]`);
    if (title) document.title = title.content;
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === root.lang));
    }
    for (const button of document.querySelectorAll(".theme")) {
      button.setAttribute("aria-pressed", String(isDark));
    }
    for (const survey of document.querySelectorAll("askwell-survey")) {
      if (!survey.hasAttribute("data-own-language")) survey.setAttribute("locale", root.lang);
      survey.setAttribute("theme", theme);
    }
  }

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-language], .theme");
    if (!button) return;
    if (button.dataset.language) {
      language = button.dataset.language;
      remember("language", language);
    } else {
      theme = root.hasAttribute("data-dark") ? "light" : "dark";
      remember("theme", theme);
    }
    apply();
  });
})();
