"""Whether a letter, as it lies in a mailbox, is good mail: read by Python's strict parser and by openssl, knowing nothing of how dondoc wrote it."""

import collections
import csv
import email
import email.policy
import html.parser
import io
import re
import struct
import subprocess
import zlib

# What servers on the way write above a letter.
TRACES = ("return-path", "delivered-to", "received", "x-")


class Malformed(AssertionError):
    """What is wrong with a letter."""


def check(condition, *said):
    if not condition:
        raise Malformed(" ".join(str(word) for word in said))


def message_id(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"]


class Letter:
    """A letter that has passed: what its reader sees."""

    def __init__(self, raw):
        self.raw = raw
        self.message = email.message_from_bytes(raw, policy=email.policy.strict)
        self.parts = [part for part in self.message.walk() if not part.is_multipart()]
        for part in self.message.walk():
            check(not part.defects, part.defects)
        self.text = self.only("text/plain").get_content().replace("\r\n", "\n")
        page = self.of_type("text/html")
        self.html = page[0].get_content() if page else ""
        self.pictures = {part["Content-ID"].strip("<>"): part.get_content() for part in self.of_type("image/png")}
        self.files = {part.get_filename(): part.get_content() for part in self.parts if part.get_content_disposition() == "attachment"}

    def of_type(self, kind):
        return [part for part in self.parts if part.get_content_type() == kind and part.get_content_disposition() != "attachment"]

    def only(self, kind):
        found = self.of_type(kind)
        check(len(found) == 1, f"{len(found)} parts of type {kind}")
        return found[0]

    def __getitem__(self, header):
        return self.message[header]

    def references(self):
        return re.findall(r"<[^<>\s]+>", self.message["References"] or "")


def own_lines(raw):
    """A letter's lines without the traces of the servers that passed it on."""
    lines = raw.split(b"\r\n")
    kept, is_trace, is_header = [], False, True
    for line in lines:
        if is_header and line and not line.startswith((b" ", b"\t")):
            is_trace = line.lower().startswith(tuple(trace.encode() for trace in TRACES))
        if not line:
            is_header = False
        if not (is_header and is_trace):
            kept.append(line)
    return kept


def read(raw, sender, reply_to, return_path, is_signed=False):
    """Reads a letter as strictly as can be, or says what is wrong with it."""
    check(not re.search(rb"\r(?!\n)|(?<!\r)\n", raw), "a line end that is not CRLF")
    longest = max(own_lines(raw), key=len)
    check(len(longest) <= 78, "a line of", len(longest), "characters:", longest)
    check(raw.isascii(), "bytes beyond ASCII")
    letter = Letter(raw)
    counted = collections.Counter(name.lower() for name in letter.message.keys() if not name.lower().startswith(TRACES))
    for name in ("date", "from", "to", "subject", "message-id", "mime-version", "list-id", "auto-submitted", "reply-to", "content-type"):
        check(counted[name] == 1, counted[name], "headers", name)
    check(all(number == 1 for number in counted.values()), "repeated headers:", counted)
    check("precedence" not in counted, "Precedence is set")
    check(letter["Auto-Submitted"] == "auto-generated", letter["Auto-Submitted"])
    check(re.fullmatch(r"<dondoc\.sonla\.example>", letter["List-Id"]), letter["List-Id"])
    check(re.fullmatch(r"<dondoc\.[0-9a-z]{8}\.[A-Za-z0-9.-]+@sonla\.example>", letter["Message-ID"]), letter["Message-ID"])
    check(letter["Date"].datetime.utcoffset().total_seconds() == 7 * 3600, letter["Date"])
    check([str(address) for address in letter["From"].addresses] == [sender], letter["From"])
    check(letter["Reply-To"].addresses[0].addr_spec == reply_to, letter["Reply-To"])
    check(letter["Return-Path"] == f"<{return_path}>", letter["Return-Path"])
    if letter["In-Reply-To"]:
        check(letter["In-Reply-To"] == letter.references()[-1], letter["In-Reply-To"], letter.references())
    check_structure(letter, is_signed)
    check_text(letter)
    check_html(letter)
    for picture in letter.pictures.values():
        check_picture(picture)
    for name, content in letter.files.items():
        if not is_signed or name.endswith(".csv"):
            check_figures(name, content)
    return letter


def check_structure(letter, is_signed):
    content = letter.message
    if is_signed:
        check(content.get_content_type() == "multipart/signed", content.get_content_type())
        check(content.get_param("protocol") == "application/pkcs7-signature" and content.get_param("micalg") == "sha-256", content["Content-Type"])
        content = next(content.iter_parts())
    if content.get_content_type() == "multipart/mixed":
        content = next(content.iter_parts())
    check(content.get_content_type() == "multipart/alternative", content.get_content_type())
    text, page = content.iter_parts()
    check(text.get_content_type() == "text/plain" and text.get_content_charset() == "utf-8", text["Content-Type"])
    if page.get_content_type() == "multipart/related":
        page = next(page.iter_parts())
    check(page.get_content_type() == "text/html" and page.get_content_charset() == "utf-8", page["Content-Type"])


def check_text(letter):
    check("{{" not in letter.text and "{{" not in letter.html, "a variable that was not filled in")
    check("<" not in re.sub(r"<[^<>\s]+@[^<>\s]+>", "", letter.text) or "&lt;" in letter.html, "HTML in the text")
    # Figures and days of the text stand in the HTML too, and the other way round: neither says less.
    figures = lambda text: set(re.findall(r"\d+(?:[.,]\d+)?%|\b\d{2}/\d{2}/\d{4}\b|\b\d{4}-\d{2}-\d{2}\b", text))
    shown = figures(Page(letter.html).text)
    check(figures(letter.text) >= shown, letter["Subject"], "- the text lacks", shown - figures(letter.text))
    check(shown >= figures(letter.text), letter["Subject"], "- the HTML lacks", figures(letter.text) - shown)


class Page(html.parser.HTMLParser):
    """What of HTML matters here: its tags in order, its text, its pictures."""

    VOID = {"meta", "img", "br", "hr"}

    def __init__(self, source):
        super().__init__()
        self.open, self.words, self.images, self.styles, self.tags = [], [], [], [], []
        self.feed(source)
        check(not self.open, "not closed:", self.open)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        self.styles.append(attributes.get("style", ""))
        if tag in ("td", "br", "p", "li"):
            self.words.append(" ")
        if tag == "img":
            self.images.append(attributes)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        check(self.open and self.open[-1] == tag, f"</{tag}> closes", self.open[-1:])
        self.open.pop()

    def handle_data(self, data):
        if "title" not in self.open and "style" not in self.open:
            self.words.append(data)


def check_html(letter):
    page = Page(letter.html)
    shown = {image["src"].removeprefix("cid:") for image in page.images}
    check(shown == set(letter.pictures), "pictures shown and sent:", shown, set(letter.pictures))
    for image in page.images:
        check(image["src"].startswith("cid:"), "a picture from elsewhere:", image["src"])
        check(len(image.get("alt", "")) > 20, "no words instead of a picture:", image)
        check(image.get("width", "").isdigit(), "Outlook needs a width:", image)
    for style in page.styles:
        # What Outlook, which lays out with Word, does not know.
        check(not re.search(r"flex|grid|float|position|background-image|calc\(|var\(", style), "Outlook does not know", style)
    tags = {tag for tag, _ in page.tags}
    check(not tags & {"script", "form", "iframe", "link", "video", "svg"}, "mail programs take these out:", tags)
    sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", letter.html)]
    check(min(sizes) >= 12, "text too small for a phone:", min(sizes))
    check(all("role" in attributes for tag, attributes in page.tags if tag == "table"), "a table that screen readers read out as data")
    check(not re.search(r"https?://(?!www\.w3\.org)", letter.html), "something is fetched from outside")
    check(len(letter.html.encode()) < 100_000, "Gmail cuts letters off at 102 kB:", len(letter.html.encode()))


def check_picture(png):
    """A PNG whose checksums are right and which holds as many pixels as it says, not all alike."""
    check(png[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG")
    place, data, header = 8, b"", None
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place:place + 8])
        content = png[place + 8:place + 8 + length]
        check(zlib.crc32(kind + content) == struct.unpack(">I", png[place + 8 + length:place + 12 + length])[0], "a chunk is damaged:", kind)
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", content)
        if kind == b"IDAT":
            data += content
        place += 12 + length
    check(kind == b"IEND" and header, "the PNG has no end")
    width, height, depth, colour, _, _, interlace = header
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    pixels = zlib.decompress(data)
    check(interlace == 0 and len(pixels) == height * (1 + (width * channels * depth + 7) // 8), "the PNG lacks pixels")
    check(width >= 300 and height >= 60, "a picture of", width, "by", height)
    check(len(set(pixels)) > 2, "an empty picture")


def check_figures(name, content):
    check(name.endswith(".csv"), "an attachment", name)
    text = content if isinstance(content, str) else content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    check(len(rows) >= 2 and len({len(row) for row in rows}) == 1, "the figures are no table:", rows)
    check(not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row), "a spreadsheet would compute this:", rows)


def verify_signature(raw, authority, directory):
    """openssl's word on a signed letter, and on the same letter with one letter of its text changed."""
    def verify(bytes_):
        path = directory / "signed.eml"
        path.write_bytes(bytes_)
        return subprocess.run(
            ["openssl", "cms", "-verify", "-in", path, "-CAfile", authority, "-purpose", "smimesign", "-out", directory / "verified"],
            capture_output=True, text=True)

    done = verify(raw)
    check(done.returncode == 0, "openssl does not verify the letter:", done.stderr)
    lines = raw.split(b"\r\n")
    body = next(index for index, line in enumerate(lines) if re.fullmatch(rb"[A-Za-z0-9+/]{76}", line))
    lines[body] = lines[body].swapcase()
    check(verify(b"\r\n".join(lines)).returncode != 0, "openssl verifies a letter that was tampered with")
