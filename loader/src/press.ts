// Where the focus goes as the panel opens for a survey, and where it comes back to.

/** Whether a call was made while a press was being handled: a script's own click is none, and one that waits first speaks
 *  for itself. */
export const isPress = (event: any): boolean => !!event?.isTrusted && /click|submit/.test(event.type);

/** Opens the panel for somebody who waits for it. */
export const takeFocus = (panel: HTMLDialogElement): void => {
  panel.showModal();
  (panel.firstChild as HTMLElement).focus();
};

/** What closes the panel. Beside the page, the focus goes back to where it came from; a modal panel sees to that itself. */
export const closing = (panel: HTMLDialogElement): (() => void) => {
  let before: EventTarget | null;
  panel.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !panel.contains(relatedTarget as Node)) before = relatedTarget;
  });
  return () => {
    const beside = !panel.matches(":modal") && panel.matches(":focus-within");
    panel.close();
    if (beside) (before as HTMLElement | null)?.focus();
  };
};
