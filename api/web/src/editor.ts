/** The editor of queries: CodeMirror with SPARQL, completion and marks where the server sees an error. */

import {
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, ensureSyntaxTree, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Text } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

import { completions } from "./completion";
import type { Vocabulary } from "./vocabulary";

export interface Options {
  readonly parent: HTMLElement;
  readonly query: string;
  /** The nonce that lets the editor's own style sheets pass the page's policy. */
  readonly nonce: string;
  readonly label: string;
  readonly vocabulary: () => Promise<Vocabulary>;
  readonly run: () => void;
  readonly changed: (query: string) => void;
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.definitionKeyword], class: "q-keyword" },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: "q-variable" },
  { tag: [tags.string, tags.number, tags.bool, tags.literal], class: "q-literal" },
  { tag: [tags.url, tags.namespace, tags.propertyName, tags.className, tags.typeName, tags.name], class: "q-name" },
  { tag: [tags.comment, tags.lineComment], class: "q-comment" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], class: "q-function" },
]);

/** A line and a column, both from 1; columns count characters, as the server counts them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const PAUSE = 1000;

/** The query in its editor; Tab leaves it, so that the keyboard is never caught. */
export class QueryEditor {
  readonly #view: EditorView;
  #marked: readonly Place[] = [];
  #said = "";
  /** Where completions were last looked for: what was written, and the place in it. */
  #looked: readonly [Text, number] | null = null;

  constructor({ parent, query, nonce, label, vocabulary, run, changed }: Options) {
    const running = () => {
      run();
      return true;
    };
    const offer = completions(vocabulary);
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: query,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            this.#marked = [];
            changed(update.state.doc.toString());
          }),
          lineNumbers(),
          highlightSpecialChars(),
          highlightActiveLine(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          SparqlLanguage,
          syntaxHighlighting(COLOURS),
          linter((view) => this.#diagnostics(view), { delay: PAUSE }),
          autocompletion({ override: [(context) => this.#look(offer, context)], icons: false, maxRenderedOptions: 60 }),
          Prec.highest(
            keymap.of([
              { key: "Mod-Enter", run: running },
              { key: "Tab", run: acceptCompletion },
            ]),
          ),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        ],
      }),
    });
  }

  get query(): string {
    return this.#view.state.doc.toString();
  }

  set query(text: string) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Underline the places where an error was seen, until the query changes. */
  mark(message: string, places: readonly Place[]): void {
    [this.#said, this.#marked] = [message, places];
    this.#view.dispatch(setDiagnostics(this.#view.state, this.#diagnostics(this.#view)));
  }

  /** Where the editor's own grammar first fails; null where it understands the whole query. */
  findError(): Place | null {
    const at = firstError(this.#view.state);
    if (at === null) return null;
    const line = this.#view.state.doc.lineAt(at);
    return { line: line.number, column: [...line.text.slice(0, at - line.from)].length + 1 };
  }

  #diagnostics({ state }: EditorView): Diagnostic[] {
    if (this.#marked.length) return this.#marked.map((place) => around(state.doc, place, this.#said));
    const at = firstError(state);
    // Where someone is still typing, and at the end of what is half written, nothing is wrong yet.
    if (at === null || Math.abs(at - state.selection.main.head) < 2 || !state.sliceDoc(at).trim()) return [];
    const line = state.doc.lineAt(at);
    const place = { line: line.number, column: [...line.text.slice(0, at - line.from)].length + 1 };
    return [{ ...around(state.doc, place, "Not understood from here on."), severity: "warning" }];
  }

  /** Put the cursor at a place. */
  show(place: Place): void {
    const { from } = around(this.#view.state.doc, place, "");
    this.#view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    this.#view.focus();
  }

  /** Offer completions once more to whoever still waits where they were last looked for: more is known by now. */
  offerAgain(): void {
    const { doc, selection } = this.#view.state;
    if (this.#looked?.[0].eq(doc) && this.#looked[1] === selection.main.head && this.#view.hasFocus) startCompletion(this.#view);
  }

  async #look(offer: CompletionSource, context: CompletionContext): Promise<CompletionResult | null> {
    const found = await offer(context);
    if (!context.aborted) this.#looked = [context.state.doc, context.pos];
    return found;
  }

  focus(): void {
    this.#view.focus();
  }
}

/** The offset of the first error of the syntax tree; null without one, or when parsing takes too long. */
function firstError(state: EditorState): number | null {
  let found: number | null = null;
  ensureSyntaxTree(state, state.doc.length, 200)?.iterate({
    enter: (node) => {
      if (found === null && node.type.isError) found = node.from;
      return found === null;
    },
  });
  return found;
}

/** A mark on the word at a place, or on the character before it where nothing follows. */
function around(doc: Text, place: Place, message: string): Diagnostic {
  const line = doc.line(Math.min(Math.max(place.line, 1), doc.lines));
  const at = Math.min(line.from + [...line.text].slice(0, place.column - 1).join("").length, line.to);
  const word = doc.sliceString(at, line.to).match(/^\S+/)?.[0].length ?? 0;
  return { from: word || at === line.from ? at : at - 1, to: at + word, severity: "error", message };
}
