"""Going about a page by keyboard alone. Whatever is reached must show that it has the focus."""

from __future__ import annotations

from tests.browser.visitor import Visitor

MOST_STEPS = 90
FOCUSED = """() => {
    const element = document.activeElement;
    return element.tagName + " " + (element.id || element.textContent.trim());
}"""
_SHOWS_FOCUS = """() => {
    const element = document.activeElement;
    const hidden = element.matches(".govuk-radios__input, .govuk-checkboxes__input");
    const style = hidden ? getComputedStyle(element.nextElementSibling, "::before") : getComputedStyle(element);
    return style.boxShadow !== "none" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""
_WORDS = """() => {
    const element = document.activeElement;
    const label = element.labels && element.labels.length ? element.labels[0] : element;
    return label.textContent.trim().replace(/\\s+/g, " ");
}"""


def step(person: Visitor) -> str:
    """Press Tab once. What has the focus then, as `TAG id-or-words`; empty where the page has ended."""
    person.page.keyboard.press("Tab")
    if person.page.evaluate("document.activeElement === document.body"):
        return ""
    reached = str(person.page.evaluate(FOCUSED))
    assert person.page.evaluate(_SHOWS_FOCUS), f"{reached} does not show its focus."
    return reached


def reach(person: Visitor, words: str) -> None:
    """Press Tab until the focus is on what is called so, or whose label begins so."""
    for _ in range(MOST_STEPS):
        if not step(person):
            break
        if str(person.page.evaluate(_WORDS)).startswith(words):
            return
    raise AssertionError(f"The keyboard does not reach “{words}” on {person.page.url}.")


def choose(person: Visitor, words: str, answer: int = 200) -> None:
    """Reach a link or a button by keyboard, press Enter, and look at the page that answers."""
    reach(person, words)
    person.arrive_by(lambda: person.page.keyboard.press("Enter"), answer)
