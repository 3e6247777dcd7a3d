import { chartOption, type OptionContext } from './chartOption.ts';

export interface Pictures {
  /** Twice the size it has on the screen. */
  png(): Promise<Blob>;
  svg(): Promise<Blob>;
}

const LEAST = { width: 480, height: 300 };

/** The chart as a file: drawn anew, with its title and a ground, in the theme it is seen in. */
export function pictures(seen: OptionContext): Pictures {
  const context = { ...seen, animate: false, width: Math.max(LEAST.width, seen.width), height: Math.max(LEAST.height, seen.height) };
  const option = { ...chartOption(context), backgroundColor: context.theme.surface };
  return {
    async svg() {
      const { init } = await import('./echarts.ts');
      const drawn = init(null, null, { renderer: 'svg', ssr: true, width: context.width, height: context.height });
      drawn.setOption(option);
      const text = drawn.renderToSVGString();
      drawn.dispose();
      return new Blob([text], { type: 'image/svg+xml' });
    },
    async png() {
      const { init } = await import('./echarts.ts');
      const element = document.createElement('div');
      const drawn = init(element, null, { renderer: 'canvas', width: context.width, height: context.height, devicePixelRatio: 2 });
      drawn.setOption(option);
      const canvas = drawn.renderToCanvas({ backgroundColor: context.theme.surface, pixelRatio: 2 });
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      drawn.dispose();
      if (!blob) throw new Error('The picture could not be made.');
      return blob;
    },
  };
}
