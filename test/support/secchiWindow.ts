import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Download, Locator, Page } from 'playwright-core';
import { typed, wordsOf, type Words } from './words.ts';

/** The window as its users name its parts. Tests and the tour find everything by role and name. */
export class SecchiWindow {
  readonly page: Page;
  /** An English name in the language of the window. */
  readonly words: Words;
  constructor(page: Page, words: Words = wordsOf('en')) {
    this.page = page;
    this.words = words;
  }

  connection = () => this.page.getByRole('combobox', { name: this.words('Connection') });
  lakeParts = () => this.page.getByRole('navigation', { name: this.words('Lake') });
  buckets = () => this.page.getByRole('tree', { name: this.words('Buckets') });
  catalog = () => this.page.getByRole('tree', { name: this.words('Catalog') });
  path = () => this.page.getByRole('textbox', { name: this.words('Path') });
  objects = () => this.page.getByRole('grid', { name: this.words('Objects') });
  preview = () => this.page.getByRole('region', { name: this.words('Preview') });
  editor = () => this.page.getByRole('textbox', { name: this.words('SQL editor') });
  results = () => this.page.getByRole('grid', { name: this.words('Results') });
  transfers = () => this.page.getByRole('region', { name: this.words('Transfers') });
  query = () => this.page.getByRole('status', { name: this.words('Query') });
  button = (name: string | RegExp) => this.page.getByRole('button', { name: typeof name === 'string' ? this.words(name) : name });

  /** The sample lake is filled and the window shows it. */
  async ready(): Promise<void> {
    await this.lakeParts().waitFor();
    await this.connection().waitFor();
  }

  /** A part of the lake in the rail: Store, Move, Analyse. */
  async part(name: 'Store' | 'Move' | 'Analyse'): Promise<void> {
    await this.lakeParts().getByRole('button', { name: this.words(name) }).click();
  }

  /** Anything through the command palette, as a keyboard user would. */
  async command(text: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    // Found by its place: its words follow the language, and the command may open a dialog of its own.
    const search = this.page.locator('[cmdk-root]').getByRole('combobox');
    const said = this.words(text);
    await search.fill(typed(said));
    await this.page.getByRole('option', { name: said, selected: true }).waitFor();
    await this.page.keyboard.press('Enter');
    await search.waitFor({ state: 'hidden' });
  }

  /** A new tab of SQL, shown and with the focus: until then keys go to the tab before. */
  async newSqlTab(): Promise<void> {
    const [before] = await this.editor().elementHandles();
    await this.command('New SQL tab');
    await before?.waitForElementState('hidden');
    await this.editor().and(this.page.locator(':focus')).waitFor();
  }

  /** Replaces the text of the shown editor. Typed by insertText: completion must not rewrite it. */
  async writeSql(sql: string): Promise<void> {
    await this.editor().focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(sql);
  }

  /** Runs the shown editor's statement and waits for its verdict: the status text. */
  async run(sql?: string): Promise<string> {
    if (sql !== undefined) await this.writeSql(sql);
    await this.editor().focus();
    const before = await this.query().getAttribute('data-run');
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await this.page.waitForFunction(
      (old) => {
        const status = document.querySelector('[role=status][aria-label="Query"]');
        return status && status.getAttribute('data-run') !== old && /^(succeeded|failed|cancelled)$/.test(status.getAttribute('data-state') ?? '');
      },
      before,
      { timeout: 60_000 },
    );
    return (await this.query().textContent()) ?? '';
  }

  cell = (row: number, column: string): Locator => this.results().locator(`[row-index="${row}"] [col-id="${column}"]`).first();

  /** Exports the shown result and answers with the file the browser saved. */
  async exportCsv(folder: string): Promise<string> {
    await this.button(/^Export/).click();
    const [download] = await Promise.all([this.page.waitForEvent('download', { timeout: 120_000 }), this.page.getByRole('menuitem', { name: /^CSV/ }).click()]);
    return save(download, folder);
  }

  /** Drops files on an element as a desktop would: with a real DataTransfer. */
  async drop(target: Locator, files: string[]): Promise<void> {
    const contents = files.map((file) => ({ name: path.basename(file), base64: readFileSync(file).toString('base64') }));
    const transfer = await this.page.evaluateHandle((items) => {
      const data = new DataTransfer();
      for (const { name, base64 } of items) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      return data;
    }, contents);
    for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
  }
}

async function save(download: Download, folder: string): Promise<string> {
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}
