/** What every page begins with: it loads what the page has places for, and nothing else. */

import { listenForCopying } from "./copying";

interface Island {
  readonly selector: string;
  readonly load: () => Promise<(place: HTMLElement) => void>;
}

const ISLANDS: readonly Island[] = [
  {
    selector: 'input[data-complete="concept"]',
    load: async () => {
      const { complete } = await import("./completing");
      return (place) => complete(place as HTMLInputElement);
    },
  },
  { selector: "[data-graph]", load: async () => (await import("./graph/mounting")).mount },
];

async function enhance({ selector, load }: Island): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>(selector);
  if (!places.length) return;
  const enhanced = await load();
  for (const place of places) enhanced(place);
}

listenForCopying();
for (const island of ISLANDS) void enhance(island);
