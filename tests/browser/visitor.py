"""A person's browser: it goes where they go and checks every page on arrival with axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

from script.support.places import NODE_MODULES

# WCAG 2.2 at levels A and AA; axe's own best practices are opinions. Two rules need asking for by name.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
_RUN = """async rules => (await axe.run(rules)).violations.map(
    found => [found.id, found.help, found.nodes.map(node => node.target.join(" ") + "  " + node.html).join("; ")])"""
_LINKS: tuple[Literal["link", "button"], ...] = ("link", "button")
# A page that differs from one axe has passed in such things only is not looked at again; a heading's level is none.
_FIGURES_AND_TOKENS = re.compile(r'value="[\w.-]{20,}"|(?<!<h)(?<!</h)\d+')
_looked_at: set[int] = set()
# A page comes in well under a second; a machine that does much else at once may take far longer, and is not at fault.
MILLISECONDS = 120_000


class Visitor:
    """Somebody at a browser of their own."""

    def __init__(self, context: BrowserContext, *, scripts: bool = True) -> None:
        context.set_default_timeout(MILLISECONDS)
        self.context = context
        self.scripts = scripts
        self.page: Page = context.new_page()
        self._copy = None if scripts else _copying_page(context)
        self._faults: list[str] = []
        self.page.on("pageerror", lambda error: self._faults.append(str(error)))
        self.page.on("console", self._hear)

    def open(self, path: str, answer: int = 200) -> None:
        """Type an address, and look at the page that answers."""
        self._arrive(self.page.goto(path), answer)

    def link(self, name: str, *, exact: bool = False) -> Locator:
        """The link whose name has these words, also one that looks like a button."""
        named = (self.page.get_by_role(role, name=name, exact=exact) for role in _LINKS)
        return next(named).or_(next(named)).first

    def follow(self, link: str, *, exact: bool = False, answer: int = 200) -> None:
        """Click a link, and look at the page it leads to."""
        self.click(self.link(link, exact=exact), answer)

    def press(self, button: str, answer: int = 200) -> None:
        """Click the button of this name, and look at the page that answers."""
        self.click(self.page.get_by_role("button", name=button), answer)

    def click(self, target: Locator, answer: int = 200) -> None:
        """Click what leads to another page, and look at that page."""
        self.arrive_by(target.click, answer)

    def arrive_by(self, act: Callable[[], None], answer: int = 200) -> None:
        """Do what leads to another page, and look at that page."""
        with self.page.expect_navigation() as navigation:
            act()
        self._arrive(navigation.value, answer)

    def double_click(self, button: str) -> None:
        """Press a button twice at once, as an unsteady hand does, and look at the page this ends on."""
        before = self.page.url
        self.page.get_by_role("button", name=button).dblclick()
        # The second press may end the first one's way to its page, which Playwright's own waiting takes for a fault.
        for _ in range(MILLISECONDS // 100):
            if self.page.url != before:
                break
            self.page.wait_for_timeout(100)
        self.page.wait_for_load_state()
        self.check()

    def close(self) -> None:
        """Close the browser."""
        if self._copy:
            self._copy.context.close()
        self.context.close()

    def _arrive(self, response: Response | None, answer: int) -> None:
        assert response is not None
        status = response.status
        assert status == answer, f"{self.page.url} answered {status}: {self.words[:600]}"
        self.check()

    def check(self) -> None:
        """Fail on any violation axe finds on the page as it is now, and on any error in its scripts."""
        looks = hash((_FIGURES_AND_TOKENS.sub("", self.page.content()), str(self.page.viewport_size)))
        if looks not in _looked_at:
            page = self._page_for_axe()
            page.evaluate(_axe())
            found = page.evaluate(_RUN, _RULES)
            told = "\n".join(f"{rule}: {words}: {elements}" for rule, words, elements in found)
            assert not found, f"axe on {self.page.url}:\n{told}"
            _looked_at.add(looks)
        assert not self._faults, f"Script errors on {self.page.url}: {self._faults}"

    def _page_for_axe(self) -> Page:
        """The page, or where scripts are off, and axe cannot run, its very copy in a browser where only axe's run."""
        if self._copy is None:
            return self.page
        html, address = self.page.content(), self.page.url
        self._copy.unroute_all()
        self._copy.route("**/*.js", lambda route: route.abort())
        self._copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        self._copy.goto(address)
        return self._copy

    @property
    def heading(self) -> str:
        """The page's main heading."""
        return squeezed(self.page.locator("h1").inner_text())

    @property
    def words(self) -> str:
        """What the main part of the page says, hidden parts included, on one line."""
        return squeezed(self.page.locator("main").text_content() or "")

    @property
    def origin(self) -> str:
        """The server's own name and port, as a browser sends it."""
        return "/".join(self.page.url.split("/", 3)[:3])

    @property
    def path(self) -> str:
        """Where this is, without the server's name."""
        return "/" + self.page.url.split("/", 3)[3]

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer of 400 and more as an error; those are asserted where they are expected.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._faults.append(message.text)


def _copying_page(context: BrowserContext) -> Page:
    assert context.browser is not None
    return context.browser.new_context().new_page()


def squeezed(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())


@cache
def _axe() -> str:
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def fill_date(page: Page, name: str, day: Any) -> None:
    """Fill the three boxes of a date."""
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))
