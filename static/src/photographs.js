// Sends photographs one after the other, so that a connection that breaks costs one and not all. The form works without.
const form = document.querySelector("[data-one-by-one]");
const chooser = form.querySelector("input[type=file]");
const button = form.querySelector("button");
const told = form.querySelector("[data-told]");
const refused = form.querySelector("[data-refused]");
let waiting = [];
let isSending = false;

const notNow = (file, why) => ({ again: true, refused: [`“${file.name}” was not sent: ${why}`] });

async function send(file) {
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append(chooser.name, file);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    // Without a sign-in, or with a form from before the last one.
    if (answer.status === 401 || answer.status === 400) {
      return notNow(file, "you are signed out. Sign in in another tab first.");
    }
    if (answer.status === 413) return { refused: [`“${file.name}” was not added: it is too large.`] };
    if (answer.status >= 500) return notNow(file, "the service could not take it just now.");
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    return { refused: [`“${file.name}” was not added. Load this page again to see why.`] };
  } catch {
    return notNow(file, "the connection broke.");
  }
}

// This page as the service has it now: the photographs it shows, and a form that belongs to the sign-in of now.
async function bringUpToDate() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [page, document].map((one) => one.querySelector("[data-photographs]"));
    if (!now) return;
    then.replaceChildren(...now.childNodes);
    // There is no form any more where the audit was sent for review meanwhile.
    const token = page.querySelector("[data-one-by-one] [name=csrf_token]");
    if (token) form.elements.csrf_token.value = token.value;
  } catch {
    // The page stays as it was; what became of each photograph is said all the same.
  }
}

function say(sentences) {
  refused.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
  );
}

async function sendAll(files) {
  const sentences = [];
  let added = 0;
  if (waiting.length) await bringUpToDate();
  waiting = [];
  for (const [place, file] of files.entries()) {
    told.textContent = `Sending ${place + 1} of ${files.length}: ${file.name}`;
    const result = await send(file);
    if (files.length === 1 && result.address) {
      location.assign(result.address);
      return;
    }
    added += result.added ?? 0;
    sentences.push(...(result.refused ?? []));
    if (result.again) waiting.push(file);
    say(sentences);
  }
  if (added) await bringUpToDate();
  const left = waiting.length ? ` ${waiting.length} could not be sent: choose Send again.` : "";
  const others = sentences.length - waiting.length;
  told.textContent = `${added} added.${left}${others ? ` ${others} not added: see why below.` : ""}`;
}

function warn(event) {
  event.preventDefault();
}

form.addEventListener("submit", async (event) => {
  if (isSending) {
    event.preventDefault();
    return;
  }
  const files = [...waiting, ...chooser.files];
  // The service itself says that nothing was chosen.
  if (!files.length) return;
  event.preventDefault();
  // Emptied now: what is chosen while these are sent waits for the next press.
  chooser.value = "";
  // A disabled button would lose the focus.
  isSending = true;
  button.setAttribute("aria-disabled", "true");
  addEventListener("beforeunload", warn);
  say([]);
  try {
    await sendAll(files);
  } finally {
    removeEventListener("beforeunload", warn);
    isSending = false;
    button.removeAttribute("aria-disabled");
    button.textContent = waiting.length ? "Send again" : "Add photographs";
  }
});
