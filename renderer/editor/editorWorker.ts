// The editor's own background work (search, comparison); a file of ours so that the bundler finds it.
import 'monaco-editor/esm/vs/editor/editor.worker.js';
