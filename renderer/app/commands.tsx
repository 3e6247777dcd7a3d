import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { normalShortcut, shortcutOf } from './keys.ts';
import { useTabScope } from './tabScope.tsx';

export interface Command {
  id: string;
  title: string;
  /** `mod+enter`; several ways: `['f5', 'mod+enter']`. */
  keys?: string | string[];
  /** Groups the palette and the shortcut sheet: "Window", "SQL". */
  group?: string;
  enabled?: boolean;
  /** Left out of the palette: a shortcut only. */
  hidden?: boolean;
  run(): void;
}

/** Commands that are there now. The last registered wins a shortcut, so that a tab may override the window. */
class CommandRegistry {
  private readonly sources = new Map<object, readonly Command[]>();
  private readonly listeners = new Set<() => void>();
  private all: readonly Command[] = [];

  set(source: object, commands: readonly Command[] | null): void {
    this.sources.delete(source);
    if (commands) this.sources.set(source, commands);
    this.all = [...this.sources.values()].flat();
    for (const listener of this.listeners) listener();
  }
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  list = (): readonly Command[] => this.all;
}

const RegistryContext = createContext<CommandRegistry | null>(null);

function useRegistry(): CommandRegistry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error('Commands are used outside CommandsProvider.');
  return registry;
}

/**
 * Adds commands to the palette, and their shortcuts, while the component is there. Inside a tab they are there only
 * while the tab is the active one.
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const { isActive } = useTabScope();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  // What the palette shows; `run` always calls the newest closure, so a render alone registers nothing again.
  const shape = JSON.stringify(commands.map(({ id, title, keys, group, enabled, hidden }) => ({ id, title, keys, group, enabled, hidden })));
  useEffect(() => {
    if (!isActive) return;
    const source = {};
    const shown = JSON.parse(shape) as Omit<Command, 'run'>[];
    registry.set(
      source,
      shown.map((command) => ({ ...command, run: () => latest.current.find((one) => one.id === command.id)?.run() })),
    );
    return () => registry.set(source, null);
  }, [registry, shape, isActive]);
}

export function useCommandList(): readonly Command[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list);
}

const shortcutsOf = (command: Command): string[] => (command.keys === undefined ? [] : [command.keys].flat()).map(normalShortcut);

export function CommandsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new CommandRegistry(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const pressed = shortcutOf(event);
      if (!pressed || event.defaultPrevented) return;
      const command = registry.list().findLast((one) => one.enabled !== false && shortcutsOf(one).includes(pressed));
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      command.run();
    };
    // Capturing: the editor and the grids would swallow some of these keys.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}
