// A tablet at a counter: starts over for the next person after the thank-you, and when somebody
// walks away in the middle. Answers never stay for the next person to see.
const THANKS_SECONDS = 12;
const IDLE_SECONDS = 60;
const WARNING_SECONDS = 15;

const survey = document.getElementById("survey");
const again = document.getElementById("again");
const dialog = document.getElementById("still-there");

// The counter's own language: the one in the address, else the first on offer.
const wanted = new URLSearchParams(location.search).get("lang");
const languages = [...document.querySelectorAll("[data-language]")];
const home = languages.find((button) => button.dataset.language === wanted) ?? languages[0];

let begun = false;
let timer;

function countDown(seconds, within, then) {
  clearInterval(timer);
  // Wall time, because timers stand still while a tablet sleeps.
  const end = Date.now() + seconds * 1000;
  const show = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    for (const place of within?.querySelectorAll("[data-seconds]") ?? []) place.textContent = left;
    if (left === 0) {
      clearInterval(timer);
      then();
    }
  };
  timer = setInterval(show, 500);
  show();
}

async function startOver() {
  begun = false;
  clearInterval(timer);
  dialog.close();
  again.hidden = true;
  // The next person may read another language than the one before chose.
  home.click();
  await survey.reset();
  scrollTo(0, 0);
}

function watchForIdling() {
  if (!begun) return;
  countDown(IDLE_SECONDS, null, () => {
    dialog.showModal();
    countDown(WARNING_SECONDS, dialog, startOver);
  });
}

survey.addEventListener("askwell-started", () => {
  begun = true;
  watchForIdling();
});

survey.addEventListener("askwell-completed", () => {
  begun = false;
  again.hidden = false;
  countDown(THANKS_SECONDS, again, startOver);
});

for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
  addEventListener(kind, () => dialog.open || watchForIdling(), { capture: true, passive: true });
}

document.getElementById("stay").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", watchForIdling);
