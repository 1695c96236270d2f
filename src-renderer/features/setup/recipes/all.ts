import { browser } from './browser.ts';
import { collector } from './collector.ts';
import { compose } from './compose.ts';
import { dotnet } from './dotnet.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { kubernetes } from './kubernetes.ts';
import { node } from './node.ts';
import { other } from './other.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import type { Recipe } from './recipe.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';

/** By the word that stands in the address of the page: `/setup?for=node`. */
export const recipes = {
  python,
  node,
  java,
  go,
  dotnet,
  ruby,
  php,
  rust,
  browser,
  compose,
  kubernetes,
  collector,
  other,
} as const satisfies Record<string, Recipe>;

export type Target = keyof typeof recipes;

export const targets = Object.keys(recipes) as readonly Target[];
