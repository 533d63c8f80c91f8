// The looks of what stands around a survey. In the shadow root only, where nothing of the page reaches
// it; panels lie in the browser's top layer, so no stacking order or clipping of the page does either.

export const LOOKS = `
:host(:not([mode="inline"], [mode="page"])[mode]) { all: initial !important; display: contents !important; color-scheme: inherit !important; }
:host([theme="light"]) { color-scheme: light !important; }
:host([theme="dark"]) { color-scheme: dark !important; }
:host([theme="auto"]) { color-scheme: light dark !important; }
:host(:is(:not([mode]), [mode="inline"], [mode="page"])[trigger]:not([open])) { display: none !important; }
:host([mode="page"]:not([trigger])) { min-height: 100dvh; }

.announcer { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.panel:not(.in-place), .launcher {
  all: initial;
  --_surface: var(--askwell-surface, light-dark(#fff, #16191e));
  --_ink: var(--askwell-ink, light-dark(#191d23, #e9ecf0));
  --_line: var(--askwell-line, light-dark(#d9dee5, #353b45));
  --_base: var(--askwell-accent, #1f63b5);
  --_accent: light-dark(oklch(from var(--_base) min(l, .5) c h), oklch(from var(--_base) max(l, .78) min(c, .11) h));
  --_on-accent: var(--askwell-on-accent, light-dark(#fff, #10151c));
  --_edge: 16px;
  color-scheme: inherit;
  box-sizing: border-box;
  position: fixed;
  z-index: 2147483000;
  color: var(--_ink);
  font: 400 max(16px, 1rem) / 1.5 var(--askwell-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "Noto Sans Thai", "Leelawadee UI", sans-serif);
}
.panel:not(.in-place) {
  display: none;
  flex-direction: column;
  width: min(416px, 100vw - 2 * var(--_edge));
  max-height: min(720px, 100dvh - 2 * var(--_edge));
  border: 1px solid var(--_line);
  border-radius: 16px;
  background: var(--_surface);
  box-shadow: 0 2px 6px #0002, 0 16px 48px #0004;
  overflow: hidden;
  outline: none;
}
:host([open]) .panel:not(.in-place) { display: flex; animation: come 160ms ease-out; }
.panel:focus-visible { border-color: var(--_accent); }
dialog.panel::backdrop { background: #0b1116a6; }
.body { display: block; flex: 1; min-height: 0; }
.panel:not(.in-place) .body { overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; min-height: 96px; padding-block-start: 12px; }

.close, .launcher { cursor: pointer; -webkit-tap-highlight-color: transparent; touch-action: manipulation; }
.close {
  all: initial;
  position: absolute;
  inset-block-start: 4px;
  inset-inline-end: 12px;
  z-index: 3;
  display: grid;
  place-content: center;
  width: 44px;
  height: 44px;
  border-radius: 50%;
  color: var(--_ink);
  background: color-mix(in oklab, var(--_surface) 82%, transparent);
  cursor: pointer;
}
.close:hover { background: color-mix(in oklab, var(--_accent) 14%, var(--_surface)); }
:is(.close, .launcher):focus-visible { outline: 3px solid var(--_accent); outline-offset: -3px; }
.close svg, .launcher svg { display: block; width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }

/* The survey's own header leaves room for the button that closes. */
.panel:not(.in-place) .header { padding-inline-end: 40px; }

.panel.dialog { width: min(752px, 100vw - 2 * var(--_edge)); max-height: min(900px, 100dvh - 2 * var(--_edge)); inset: 0; margin: auto; height: fit-content; }
.panel.page { inset: 0; width: 100vw; height: 100dvh; max-height: none; max-width: none; border: 0; border-radius: 0; }
.panel.banner { inset: auto 0 0; width: 100vw; max-height: min(560px, 70dvh); border-inline: 0; border-block-end: 0; border-radius: 0; }
.panel.banner[data-place="top"] { inset: 0 0 auto; border-block: 0 1px; }
.panel:is(.slide-in, .button) { bottom: var(--_edge); }
.panel.button { bottom: calc(var(--_edge) + 64px); max-height: min(720px, 100dvh - 2 * var(--_edge) - 64px); }
.panel.tab { inset-block: 0; margin-block: auto; height: fit-content; }
:is(.panel, .launcher)[data-place$="right"] { right: var(--_edge); }
:is(.panel, .launcher)[data-place$="left"] { left: var(--_edge); }
.panel.slide-in[data-place^="top"] { bottom: auto; top: var(--_edge); }

.launcher {
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: 52px;
  max-width: min(256px, 100vw - 2 * var(--_edge));
  padding: 8px 20px;
  border-radius: 26px;
  background: var(--_accent);
  color: var(--_on-accent);
  font-weight: 600;
  box-shadow: 0 1px 3px #0003, 0 6px 18px #0003;
  bottom: var(--_edge);
}
.launcher[hidden] { display: none; }
.launcher:focus-visible { outline-color: var(--_on-accent); outline-offset: -6px; }
.launcher:hover { background: color-mix(in oklab, var(--_accent) 86%, var(--_ink)); }
.launcher.tab {
  inset-block: 0 auto;
  top: 50%;
  bottom: auto;
  translate: 0 -50%;
  min-width: 48px;
  min-height: 0;
  max-width: none;
  max-height: 80dvh;
  padding: 20px 12px;
  writing-mode: vertical-rl;
  border-radius: 14px 0 0 14px;
}
.launcher.tab[data-place$="right"] { right: 0; }
.launcher.tab[data-place$="left"] { left: 0; border-radius: 0 14px 14px 0; }
:host([open]) .launcher.tab { display: none; }

@media (max-width: 600px) {
  .panel:is(.dialog, .slide-in, .tab, .button) {
    inset: auto 0 0; margin: 0; width: 100vw; max-width: none; height: fit-content;
    max-height: 88dvh; border-inline: 0; border-block-end: 0; border-radius: 16px 16px 0 0;
  }
  :host([open]) .launcher { display: none; }
}
@keyframes come { from { opacity: 0; transform: translateY(8px); } }
@media (prefers-reduced-motion: reduce) { .panel { animation: none !important; } }
@media print { .panel:not(.in-place), .launcher { display: none !important; } }
`;
