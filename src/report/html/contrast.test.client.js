/** Runs in the page: WCAG 2 contrast of every element with a text of its own. */
(() => {
  const luminance = (color) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element) => {
    const color = element === null ? 'rgb(255, 255, 255)' : getComputedStyle(element).backgroundColor;
    return color === 'rgba(0, 0, 0, 0)' ? backgroundOf(element?.parentElement ?? null) : color;
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && !element.matches('script, svg *, option'))
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    )
    .map((element) => {
      const [front, back] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
      const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
      return { text: `${element.className}: ${element.textContent?.slice(0, 40)}`, ratio };
    });
})();
