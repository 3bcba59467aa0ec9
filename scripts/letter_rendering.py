"""How letters look in a browser: drawn by headless Chromium as a phone, a desktop, and a mail program that blocks pictures would."""

import base64
import html
import json
import pathlib
import re
import subprocess
import zlib

from letter_form import check

# Name of the view, its width, whether pictures are shown.
VIEWS = [("phone", 360, True), ("desktop", 800, True), ("phone-no-pictures", 360, False), ("desktop-no-pictures", 800, False)]

MEASURE = """
<script>
window.onload = () => {
  const found = {};
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, root = page.documentElement;
    frame.style.height = root.scrollHeight + "px";
    const texts = [];
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.textContent.trim()) texts.push(walker.currentNode.parentElement);
    found[frame.id] = {
      width: frame.clientWidth, scrollWidth: root.scrollWidth, height: root.scrollHeight, text: page.body.innerText,
      smallest: Math.min(...texts.map(element => parseFloat(page.defaultView.getComputedStyle(element).fontSize))),
      narrowest: Math.min(...[...page.querySelectorAll("td")].filter(cell => cell.innerText.trim().length > 24)
        .map(cell => cell.clientWidth)),
      images: [...page.images].map(image => [image.naturalWidth, image.clientWidth, image.alt]),
    };
  }
  const result = document.createElement("pre");
  result.id = "measured";
  result.textContent = JSON.stringify(found);
  result.style.display = "none";
  document.body.append(result);
};
</script>
"""


def page(letters):
    """All views of letters side by side, a row for each letter, each view in a frame as wide as the screen it stands for."""
    rows = []
    for name, letter in letters.items():
        frames = []
        for view, width, shows_pictures in VIEWS:
            source = letter.html
            for identity, picture in letter.pictures.items():
                shown = "data:image/png;base64," + base64.b64encode(picture).decode() if shows_pictures else "data:image/png;base64,"
                source = source.replace(f"cid:{identity}", shown)
            frames.append(
                f'<iframe id="{name}/{view}" style="width:{width}px;height:400px;border:0;vertical-align:top;margin-right:8px" '
                f'srcdoc="{html.escape(source)}"></iframe>')
        rows.append(f"<div>{''.join(frames)}</div>")
    return f'<!DOCTYPE html><meta charset="utf-8"><body style="margin:0;background:#888;white-space:nowrap">{"".join(rows)}{MEASURE}</body>'


def chromium(directory, *words):
    return subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
         "--hide-scrollbars", f"--user-data-dir={directory / 'profile'}", *words], capture_output=True, text=True, timeout=120)


def measure(letters, directory):
    """What a browser makes of letters: for each name and view its widths, its text, its pictures. One start of Chromium for all."""
    file = pathlib.Path(directory) / "letters.html"
    file.write_text(page(letters))
    done = chromium(file.parent, "--dump-dom", file.as_uri())
    found = re.search(r'<pre id="measured"[^>]*>(.*?)</pre>', done.stdout, re.S)
    check(found, "Chromium has drawn nothing:", done.stderr[-500:])
    return json.loads(html.unescape(found.group(1)))


def check_views(letters, words, directory):
    """Checks that letters can be read in every view; `words` gives for each name what must be seen. Returns how high each letter is at most."""
    measured = measure(letters, directory)
    for name in letters:
        for view, width, shows_pictures in VIEWS:
            check_view(f"{name}, {view}:", measured[f"{name}/{view}"], width, shows_pictures, words[name])
    return {name: max(measured[f"{name}/{view}"]["height"] for view, _, _ in VIEWS) for name in letters}


def check_view(where, seen, width, shows_pictures, words):
    check(seen["width"] == width and seen["scrollWidth"] <= width, where, "wider than the screen:", seen["scrollWidth"])
    check(seen["height"] > 300, where, "almost nothing is drawn")
    check(seen["smallest"] >= 12, where, "text of", seen["smallest"], "pixels")
    check(seen["narrowest"] >= 60, where, "a column of text that is", seen["narrowest"], "pixels wide")
    for word in words:
        check(word in " ".join(seen["text"].split()), where, "does not show", repr(word))
    for natural, drawn, alternative in seen["images"]:
        check((natural > 0) == shows_pictures, where, "a picture is not drawn" if shows_pictures else "a picture is not blocked")
        check(not shows_pictures or 200 <= drawn <= width, where, "a picture", drawn, "pixels wide")
        check(alternative, where, "a picture without words in its place")


def draw(name, letter, height, directory, pictures=None):
    """Draws all views of a letter into NAME.png, and checks that there is something to be seen on it."""
    directory = pathlib.Path(directory)
    file = directory / f"{name}.html"
    file.write_text(page({name: letter}))
    target = pathlib.Path(pictures or directory) / f"{name}.png"
    chromium(directory, f"--screenshot={target}", f"--window-size={sum(width + 8 for _, width, _ in VIEWS)},{height}", file.as_uri())
    check(target.exists(), f"{name}: Chromium has written no picture")
    colours = set(zlib.decompress(b"".join(chunks(target.read_bytes(), b"IDAT"))))
    check(len(colours) > 50, f"{name}: the picture is blank")


def chunks(png, kind):
    place = 8
    while place < len(png):
        length = int.from_bytes(png[place:place + 4], "big")
        if png[place + 4:place + 8] == kind:
            yield png[place + 8:place + 8 + length]
        place += 12 + length
