/** The editor of queries: CodeMirror with SPARQL, completion and marks where the server sees an error. */

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
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
  readonly vocabulary: () => Vocabulary;
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

/** The query in its editor; Tab leaves it, so that the keyboard is never caught. */
export class QueryEditor {
  readonly #view: EditorView;

  constructor({ parent, query, nonce, label, vocabulary, run, changed }: Options) {
    const running = () => {
      run();
      return true;
    };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: query,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
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
          autocompletion({ override: [completions(vocabulary)], icons: false, maxRenderedOptions: 60 }),
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
    this.mark(null);
  }

  /** Underline where an error was seen, or nothing; `line` and `column` count from 1, as the server counts. */
  mark(error: { message: string; line: number; column: number } | null): void {
    const marks: Diagnostic[] = [];
    if (error) {
      const { doc } = this.#view.state;
      const line = doc.line(Math.min(Math.max(error.line, 1), doc.lines));
      const at = Math.min(line.from + [...line.text].slice(0, error.column - 1).join("").length, line.to);
      const word = doc.sliceString(at, line.to).match(/^\S+/)?.[0].length ?? 0;
      const from = word || at === line.from ? at : at - 1;
      marks.push({ from, to: Math.max(at + word, from), severity: "error", message: error.message });
    }
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  /** Put the cursor where an error was marked. */
  show(line: number, column: number): void {
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = Math.min(at.from + column - 1, at.to);
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }
}
