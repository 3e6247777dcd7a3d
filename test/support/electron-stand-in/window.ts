import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Dialog, type Page, type Route } from 'playwright-core';
import { APP_ORIGIN } from '../../../electron/shell/origin.ts';
import { chromiumLaunch } from '../chromium.ts';
import { control } from './control.ts';
import { ipcMain } from './ipc.ts';
import { fromWire, toWire, type StandInPort, type Wire } from './ports.ts';

/** Where the page believes to be; requests to it go to the app's own protocol handler. */
export const STAND_IN_ORIGIN = 'https://secchi.invalid';
export const toAppUrl = (url: string) => (url.startsWith(STAND_IN_ORIGIN) ? APP_ORIGIN + url.slice(STAND_IN_ORIGIN.length) : url);

type Handler = (request: Request) => Promise<Response> | Response;
export const protocolHandlers = new Map<string, Handler>();

let browser: Promise<Browser> | undefined;
export const closeBrowser = async () => {
  const running = browser;
  browser = undefined;
  await (await running)?.close();
};

interface Options {
  width?: number;
  height?: number;
  webPreferences?: { preload?: string; sandbox?: boolean; contextIsolation?: boolean; nodeIntegration?: boolean };
}

export class StandInWindow extends EventEmitter {
  readonly webContents: StandInContents;
  page!: Page;
  readonly options: Options;
  private shown = false;
  private destroyed = false;

  constructor(options: Options) {
    super();
    this.options = options;
    this.webContents = new StandInContents(this);
  }

  async loadURL(url: string): Promise<void> {
    browser ??= chromiumLaunch().then((launch) => chromium.launch(launch));
    const context = await (await browser).newContext({
      viewport: { width: this.options.width ?? 1280, height: this.options.height ?? 800 },
      colorScheme: 'dark',
      locale: 'en-US',
    });
    await context.route(`${STAND_IN_ORIGIN}/**`, (route) => this.answer(route));
    this.page = await context.newPage();
    await this.installPreload();
    await this.page.goto(url.replace(APP_ORIGIN, STAND_IN_ORIGIN));
    control.windows.push(this);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }

  /** Feeds the page from `protocol.handle`, as Electron would. */
  private async answer(route: Route): Promise<void> {
    const request = route.request();
    const handler = protocolHandlers.get('app');
    if (!handler) return route.abort();
    const body = request.postDataBuffer();
    const response = await handler(
      new Request(toAppUrl(request.url()), { method: request.method(), headers: request.headers(), ...(body ? { body: new Uint8Array(body) } : {}) }),
    );
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  /** The built preload runs before the page's scripts, with what a sandboxed preload may require. */
  private async installPreload(): Promise<void> {
    const file = this.options.webPreferences?.preload;
    if (!file) return;
    await this.page.exposeBinding('__standInSend', (_source, channel: string, args: unknown[]) => this.webContents.fromPage(channel, args));
    await this.page.exposeBinding('__standInInvoke', (_source, channel: string, args: unknown[]) => ipcMain.invoke(channel, this.webContents.event(), args));
    await this.page.exposeBinding('__standInPort', (_source, id: number, wire: Wire | null) => this.webContents.portMessage(id, wire));
    await this.page.addInitScript({
      content: `(() => {
        if (window.top !== window) return;
        const listeners = new Map(), ports = new Map(), paths = new Map();
        const decode = (w) => 'text' in w ? w.text : Uint8Array.from(atob(w.bytes), (c) => c.charCodeAt(0));
        const encode = (d) => typeof d === 'string' ? { text: d } : { bytes: btoa(Array.from(new Uint8Array(d), (b) => String.fromCharCode(b)).join('')) };
        window.__standInReceive = (channel, args, portIds) => {
          const made = portIds.map((id) => {
            const { port1, port2 } = new MessageChannel();
            ports.set(id, port1);
            port1.onmessage = (e) => window.__standInPort(id, encode(e.data));
            port1.onclose = () => window.__standInPort(id, null);
            return port2;
          });
          for (const listener of listeners.get(channel) ?? []) listener({ ports: made }, ...args);
        };
        window.__standInDeliver = (id, wire) => ports.get(id)?.postMessage(decode(wire));
        const electron = {
          ipcRenderer: {
            send: (channel, ...args) => window.__standInSend(channel, args),
            invoke: (channel, ...args) => window.__standInInvoke(channel, args),
            on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
          },
          contextBridge: { exposeInMainWorld: (name, value) => { window[name] = Object.freeze(value); } },
          webUtils: { getPathForFile: (file) => (${JSON.stringify(control.droppedPaths)})[file.name] ?? '' },
        };
        const require = (name) => { if (name === 'electron') return electron; throw new Error('A sandboxed preload cannot require ' + name); };
        const module = { exports: {} };
        (function (require, module, exports) { ${readFileSync(file, 'utf8')}
        })(require, module, module.exports);
      })();`,
    });
  }

  show() {
    this.shown = true;
  }
  focus() {}
  restore() {}
  maximize() {}
  isVisible = () => this.shown;
  isMinimized = () => false;
  isMaximized = () => false;
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => ({ x: 10, y: 20, width: this.options.width ?? 1280, height: this.options.height ?? 800 });

  /** What the user's click on the close button does; answers whether it closed. */
  async close(): Promise<boolean> {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (prevented || !(await this.unload())) return false;
    this.destroyed = true;
    this.webContents.closePorts();
    await this.page.context().close();
    control.windows.splice(control.windows.indexOf(this), 1);
    this.emit('closed');
    return true;
  }

  /** The page's own `beforeunload`; a page that wants to stay is asked about with `will-prevent-unload`. */
  private async unload(): Promise<boolean> {
    const { page } = this;
    const left = new Promise<boolean>((resolve) => {
      const ask = async (asked: Dialog) => {
        if (asked.type() !== 'beforeunload') return;
        let leaves = false;
        this.webContents.emit('will-prevent-unload', { preventDefault: () => (leaves = true) });
        page.off('dialog', ask);
        if (leaves) return asked.accept();
        await asked.dismiss();
        resolve(false);
      };
      page.on('dialog', ask);
      page.once('close', () => resolve(true));
    });
    await page.close({ runBeforeUnload: true });
    return left;
  }
}

export class StandInContents extends EventEmitter {
  private readonly ports = new Map<number, StandInPort>();
  private nextPort = 1;
  /** A test may say the message came from elsewhere. */
  senderUrl: string | undefined;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;

  private readonly window: StandInWindow;

  constructor(window: StandInWindow) {
    super();
    this.window = window;
  }

  getURL = () => this.senderUrl ?? toAppUrl(this.window.page.url());
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }

  event() {
    return { senderFrame: { url: this.getURL(), parent: null }, sender: this };
  }

  fromPage(channel: string, args: unknown[]): void {
    ipcMain.emit(channel, this.event(), ...args);
  }

  postMessage(channel: string, message: unknown, ports: StandInPort[] = []): void {
    const ids = ports.map((port) => {
      const id = this.nextPort++;
      this.ports.set(id, port);
      port.on('message', ({ data }: { data: unknown }) => {
        void this.window.page.evaluate(([portId, wire]) => (window as never as { __standInDeliver(i: unknown, w: unknown): void }).__standInDeliver(portId, wire), [id, toWire(data)] as const).catch(() => port.close());
      });
      port.start();
      return id;
    });
    void this.window.page.evaluate(
      ([name, args, portIds]) => (window as never as { __standInReceive(c: unknown, a: unknown, p: unknown): void }).__standInReceive(name, args, portIds),
      [channel, message === null ? [] : [message], ids] as const,
    );
  }

  portMessage(id: number, wire: Wire | null): void {
    const port = this.ports.get(id);
    if (!port) return;
    if (wire) port.postMessage(fromWire(wire));
    else port.close();
  }

  closePorts(): void {
    for (const port of this.ports.values()) port.close();
    this.ports.clear();
  }
}
