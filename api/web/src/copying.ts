/** Buttons that put what stands in their `data-copy` into the clipboard. */

/** Milliseconds that a button says what it did. */
const SAID = 1500;

/** Listen to every such button, those that come later too. */
export function listenForCopying(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    if (button) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const label = (button.dataset["label"] ??= button.textContent ?? "");
  button.setAttribute("aria-live", "polite"); // so that a screen reader tells what it did
  button.textContent = (await put(button.dataset["copy"] ?? "")) ? "Copied" : "Could not copy";
  setTimeout(() => (button.textContent = label), SAID);
}

/** Whether the text is in the clipboard now; a page that came over plain HTTP may only copy what is selected. */
async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
