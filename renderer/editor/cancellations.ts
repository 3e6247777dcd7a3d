/**
 * The editor gives up what it had still to do when its tab closes (marking the word at the cursor waits 50 ms), and
 * lets the promise of it fail as "Canceled" with nobody to hear it. That is how it says "not needed any more", not an
 * error: it is kept from the page's error report. https://github.com/microsoft/vscode `isCancellationError`
 */
const isGivenUp = (reason: unknown) => reason instanceof Error && reason.name === 'Canceled' && reason.message === 'Canceled';

window.addEventListener('unhandledrejection', (event) => {
  if (isGivenUp(event.reason)) event.preventDefault();
});
