"""Takes the pictures in docs/pictures: the pages of the invented council on a desk and on a tablet, and its report.

Unlike most of the scripts this runs in .venv, since it drives a browser.
"""

import io
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from quality.running.demo.people import PASSWORD, PEOPLE
from script.support.browser import find_browser
from script.support.console import Stopped, say
from script.support.places import ROOT
from script.support.trial import trial_server

PICTURES = ROOT / "docs" / "pictures"
# Only the first screen of a page is taken; both are as wide as those people use.
SCREENS = {"": {"width": 1280, "height": 1000}, "-tablet": {"width": 820, "height": 1100}}
PAGES_OF_THE_REPORT = 3
DOTS_PER_INCH = 80
COLOURS = 128
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Shot:
    """One page: who sees it, where they begin, the link they follow from there, and what its address then ends in.

    Where a `part` is named by a CSS selector, only that part of the page is taken, however far down it stands.
    """

    name: str
    who: str
    begin: str
    link: str = ""
    ending: str = ""
    part: str = ""


SHOTS = (
    Shot("audit", "amara", "/audits", "Willow Court"),
    Shot("standard", "amara", "/audits", "Willow Court", "/standards/1.2"),
    Shot("photographs", "ruth", "/queue?state=published", "Larkfield House", "/photographs"),
    Shot("judgement", "ruth", "/queue?state=published", "Larkfield House", "/judgement"),
    Shot("queue", "ruth", "/queue"),
    Shot("review", "ruth", "/queue", "Fenway Grange", "/review"),
    Shot("services", "ruth", "/services"),
    Shot("service", "ruth", "/services?contracted=yes", "Fenway Grange"),
    Shot(
        "ratings-over-time", "ruth", "/services?contracted=yes", "Fenway Grange", part=".house-chart__drawing"
    ),
    Shot("market", "ruth", "/market?compare=all"),
    Shot("market-beside-others", "ruth", "/market?compare=all", part=".house-market__chart"),
    Shot("market-over-time", "ruth", "/market?page=trend", part=".house-market__chart"),
    Shot("market-changes", "ruth", "/market?page=changes", part=".house-market__chart"),
    Shot("market-map", "ruth", "/market?compare=all", part=".house-market__chart:has([alt^=Map])"),
    Shot("report", "helen", "/reports", "Larkfield House"),
)


def main() -> None:
    """Serve the invented council from a database of its own, and take every picture."""
    browser_path = find_browser()
    if browser_path is None:
        raise Stopped("There is no Chromium to take pictures with: run script/setup test.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'quality.sqlite3'}",
            "STORAGE_URL": str(folder / "files"),
            "SECRET_KEY": "k" * 40,
            "COUNCIL_NAME": "Northmere County Council",
        }
        served = trial_server(
            settings, folder / "server.log", app="script.support.prepared:create_prepared_app()"
        )
        with served as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path)
            for shot in SHOTS:
                _take(browser, address, shot)
            _take_pages_of_the_report(browser, address, folder)
            browser.close()


def _take(browser: Browser, address: str, shot: Shot) -> None:
    for suffix, screen in SCREENS.items():
        context = browser.new_context(base_url=address, locale="en-GB", viewport=screen)  # type: ignore[arg-type]
        page = context.new_page()
        _go(page, shot)
        taken = page.locator(shot.part).first if shot.part else page
        _keep(f"{shot.name}{suffix}.png", taken.screenshot())
        context.close()


def _go(page: Page, shot: Shot) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(next(one.email for one in PEOPLE if one.key == shot.who))
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    page.goto(shot.begin)
    # Charts come by themselves, after the page that they belong to.
    page.wait_for_load_state("networkidle")
    if shot.link:
        with page.expect_navigation():
            page.get_by_role("link", name=shot.link, exact=True).first.click()
    if shot.ending:
        page.goto(page.url + shot.ending)


def _take_pages_of_the_report(browser: Browser, address: str, folder: Path) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    _go(page, SHOTS[-1])
    pdf = folder / "report.pdf"
    pdf.write_bytes(context.request.get(f"{page.url}.pdf").body())
    pages = ["-r", str(DOTS_PER_INCH), "-l", str(PAGES_OF_THE_REPORT), "-png"]
    subprocess.run(["pdftoppm", *pages, pdf, folder / "page"], check=True)
    for number, picture in enumerate(sorted(folder.glob("page-*.png")), start=1):
        _keep(f"report-page-{number}.png", picture.read_bytes())
    context.close()


def _keep(name: str, picture: bytes) -> None:
    """Write a picture with few colours, which keeps the repository small; text and flat areas look the same."""
    path = PICTURES / name
    reduced = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Stopped(f"{name} has {size:,} bytes, and no picture may have more than {MOST_BYTES:,}.")
    say(f"{name} ({size / 1000:.0f} KB)")


if __name__ == "__main__":
    main()
