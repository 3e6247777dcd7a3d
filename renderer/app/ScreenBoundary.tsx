import { Component, type ReactNode } from 'react';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { toAppError } from './errors.ts';

/** A screen that fails while it is drawn says so in its own place; the rest of the window lives on. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorNotice error={toAppError(this.state.error)} onRetry={() => this.setState({ error: null })} />;
  }
}
