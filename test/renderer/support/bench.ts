import type { Component } from 'svelte';
import { render } from '@testing-library/svelte';
import { vi } from 'vitest';
import type { Client } from '../../../src/renderer/api/client';
import type { Workbench } from '../../../src/renderer/workbench/workbench.svelte';
import Stage from './Stage.svelte';

/** The test document draws nothing, so no size ever changes. */
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal('ResizeObserver', StillObserver);

type Answers = Readonly<Record<string, (request: never) => unknown>>;

/** What the window asks and what it gets: a call without an answer fails the test that made it. */
export function clientOf(answers: Answers) {
  const call = vi.fn((name: string, request: unknown): Promise<unknown> => {
    const answer = answers[name];
    return answer
      ? Promise.resolve(answer(request as never))
      : Promise.reject(new Error(`no answer to ${name}`));
  });
  return { call, client: { call, on: () => () => undefined, pathForFile: () => '' } as unknown as Client };
}

/** Renders a component inside a workbench, as the frame does. */
export function stage<P extends Record<string, unknown>>(
  component: Component<P>,
  props: P,
  answers: Answers,
): { readonly workbench: Workbench; readonly call: ReturnType<typeof clientOf>['call'] } {
  const { client, call } = clientOf(answers);
  let workbench: Workbench | undefined;
  render(Stage, {
    props: {
      client,
      component: component as Component<Record<string, unknown>>,
      props,
      onready: (made: Workbench) => (workbench = made),
    },
  });
  if (!workbench) throw new Error('the stage was not set');
  return { workbench, call };
}
