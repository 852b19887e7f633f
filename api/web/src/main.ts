/** The page at `/sparql`: its form works without this; with it, the text area becomes an editor and answers stay here. */

import { addressFor, linked } from "./address";
import { showAnswer, showProblem, showSilence } from "./answer";
import { declared } from "./declaring";
import { get, h } from "./dom";
import { Problem, Silence, ask } from "./endpoint";
import { earlier } from "./earlier";
import { QueryEditor } from "./editor";
import { enhanceExamples } from "./examples";
import { findDraft, keepDraft, keepRun } from "./memory";
import { type Vocabulary, type Word, loadPrefixes, loadWords } from "./vocabulary";
import "./sparql.css";

/** Milliseconds. */
const PATIENCE = 1500;

function start(): void {
  const form = get<HTMLFormElement>("form.ask");
  const area = get<HTMLTextAreaElement>("textarea", form);
  const answer = get<HTMLElement>("#answer");
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  let running: AbortController | null = null;

  const prefixes = loadPrefixes();
  let words: Promise<readonly Word[]> | null = null;
  const needWords = () => (words ??= loadWords().finally(() => editor.offerAgain()));
  /** What is known by now; who types while it is loaded waits for it, but not for long: then offers come twice. */
  const vocabulary = async (): Promise<Vocabulary> => {
    const soon = new Promise<readonly Word[]>((resolve) => setTimeout(() => resolve([]), PATIENCE));
    return { prefixes: await prefixes, words: await Promise.race([needWords(), soon]) };
  };

  const given = linked();
  area.hidden = true;
  const host = h("div", { class: "editor" });
  host.addEventListener("focusin", needWords, { once: true });
  area.after(host);
  const editor = new QueryEditor({
    parent: host,
    query: given ?? findDraft() ?? area.value,
    nonce,
    label: "SPARQL query",
    vocabulary,
    run: () => void run(),
    changed: keepDraft,
  });
  area.removeAttribute("name");

  const asking = get<HTMLButtonElement>("button", form);
  const stopping = h("button", { type: "button", hidden: true, onclick: () => running?.abort() }, "Stop");
  const copying = h("button", { type: "button", onclick: () => void copy() }, "Copy link");
  const declaring = h("button", { type: "button", title: "Declare the prefixes, to use the query elsewhere" }, "Add prefixes");
  declaring.addEventListener("click", () => void prefixes.then((found) => (editor.query = declared(editor.query, found))));
  const said = h("span", { role: "status", class: "soft" });
  const show = (query: string) => {
    editor.query = query;
    editor.focus();
  };
  asking.title = "Ctrl+Enter";
  asking.after(
    stopping,
    copying,
    declaring,
    earlier(show),
    h("span", { class: "soft keys" }, "Ctrl+Enter asks, Ctrl+Space completes, Tab leaves the editor"),
    said,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  window.addEventListener("popstate", () => {
    const query = linked();
    if (query !== null) load(query, false);
  });
  if (matchMedia("(max-width: 62rem)").matches) document.querySelector(".examples")?.removeAttribute("open");
  enhanceExamples((query) => load(query, true), show);

  function load(query: string, pushed: boolean): void {
    editor.query = query;
    void run(pushed);
    if (host.getBoundingClientRect().top < 0) host.scrollIntoView({ block: "start" });
  }

  async function run(pushed = true): Promise<void> {
    const query = editor.query;
    if (!query.trim()) {
      showProblem(answer, new Problem("There is no query to ask."), null, () => editor.focus());
      return;
    }
    running?.abort();
    const mine = new AbortController();
    running = mine;
    [asking.disabled, stopping.hidden] = [true, false];
    answer.setAttribute("aria-busy", "true");
    said.textContent = "";
    editor.mark("", []);
    keepRun(query);
    if (pushed) history.pushState(null, "", addressFor(query));
    try {
      const found = await ask(query, mine.signal);
      showAnswer(answer, query, found, await prefixes);
    } catch (error) {
      if (mine.signal.aborted) said.textContent = running === mine ? "Stopped." : "";
      else if (error instanceof Silence) showSilence(answer, error, () => void run(false));
      else if (error instanceof Problem) fail(error);
      else throw error;
    } finally {
      if (running === mine) {
        running = null;
        [asking.disabled, stopping.hidden] = [false, true];
        answer.removeAttribute("aria-busy");
      }
    }
  }

  /** The engine often sees an error only lines later, so where the editor's grammar fails before that is told as well. */
  function fail(problem: Problem): void {
    const seen = problem.line === null ? null : { line: problem.line, column: problem.column ?? 1 };
    const own = seen && editor.findError();
    const earlier = own && (own.line < seen.line || (own.line === seen.line && own.column < seen.column)) ? own : null;
    const place = earlier ?? seen;
    showProblem(answer, problem, place, () => place && editor.show(place));
    if (seen) editor.mark(problem.message, earlier ? [earlier] : [seen]);
  }

  async function copy(): Promise<void> {
    const address = new URL(addressFor(editor.query), location.href).href;
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = "The link is in the clipboard.";
    } catch {
      said.textContent = "The address of this page is the link.";
    }
  }

  if (given !== null) void run(false);
}

start();
