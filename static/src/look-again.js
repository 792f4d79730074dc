// Looks every few seconds at how far something is. The page also has a link that does so, and works without this.
const SECONDS = 3;

async function lookAgain() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    // Nobody answers just now: the next look may be luckier.
    setTimeout(lookAgain, SECONDS * 1000);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = document.querySelector("[data-look-again]");
  const after = page.querySelector("[data-look-again]");
  if (!answer.ok || !before || !after) {
    // What can be done now is outside of the part that is looked at.
    location.reload();
    return;
  }
  if (before.innerHTML !== after.innerHTML) before.replaceChildren(...after.childNodes);
  setTimeout(lookAgain, SECONDS * 1000);
}

setTimeout(lookAgain, SECONDS * 1000);
