/** electron-builder's configuration. Native DuckDB and LevelDB are unpacked: they are loaded as files. */
export default ({ electronDist }) => ({
  appId: 'dev.secchi.app',
  productName: 'Secchi',
  copyright: 'Copyright © 2026 The Secchi maintainers. Apache-2.0.',
  directories: { output: 'dist', buildResources: 'build/resources' },
  ...(electronDist ? { electronDist } : {}),
  files: ['out/**', '!out/bench.*', '!out/tour.*', '!out/pictures.*', '!**/*.map', 'package.json', 'LICENSE', '!node_modules/vega-datasets/src/**'],
  asar: true,
  asarUnpack: ['node_modules/@duckdb/**', 'node_modules/classic-level/**'],
  npmRebuild: false,
  electronFuses: electronDist?.includes('secchi-electron-')
    ? undefined
    : {
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
      },
  linux: { target: ['AppImage', 'deb'], category: 'Development', synopsis: 'Desktop explorer for AWS data lakes' },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.developer-tools', hardenedRuntime: true },
  win: { target: ['nsis'] },
});
