import { AppError } from '../../shared/errors/app-error';

interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'error';
  readonly text: string;
  readonly hint: string;
}

/** Short messages in the corner. Errors stay until dismissed; others leave by themselves. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  show(text: string, tone: Toast['tone'] = 'info', hint = ''): void {
    const toast: Toast = { id: this.#next, tone, text, hint };
    this.#next += 1;
    this.list = [...this.list.slice(-3), toast];
    if (tone !== 'error') setTimeout(() => this.dismiss(toast.id), 4000);
  }

  /** Shows a failure with its sentence and what to do about it. */
  readonly fail = (error: unknown): void => {
    const { text, hint } = describeError(error);
    this.show(text, 'error', hint);
  };

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** The sentence and the hint of any failure. */
export function describeError(error: unknown): { readonly text: string; readonly hint: string } {
  if (error instanceof AppError) return { text: error.message, hint: error.hint };
  return { text: error instanceof Error ? error.message : String(error), hint: '' };
}
