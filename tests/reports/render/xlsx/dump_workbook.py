"""Prints what is in a workbook, with nothing but Python's own library: sheets, cells, files."""
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def text_of(element):
    return "".join(t.text or "" for t in element.iter(MAIN + "t"))


def main(path):
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        times = {info.date_time for info in book.infolist()}
        names = book.namelist()
        print("times", sorted(times))
        core = ET.fromstring(book.read("docProps/core.xml"))
        print("created", *(e.text for e in core if e.tag.endswith(("}created", "}modified"))))
        print("links", any("hyperlink" in book.read(n).decode().lower() for n in names
                           if "worksheets" in n))
        shared = []
        if "xl/sharedStrings.xml" in names:
            shared = [text_of(si) for si in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        sheets = ET.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets")
        for number, sheet in enumerate(sheets, 1):
            print("sheet", sheet.get("name"))
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            pane = root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
            print("frozen", pane.get("topLeftCell"))
            print("footer", text_or_none(root.find(f"{MAIN}headerFooter/{MAIN}oddFooter")))
            for cell in root.iter(MAIN + "c"):
                print(*describe(cell, shared))


def text_or_none(element):
    return None if element is None else element.text


def describe(cell, shared):
    formula = cell.find(MAIN + "f")
    value = text_or_none(cell.find(MAIN + "v"))
    kind = cell.get("t")
    if kind == "inlineStr":
        return cell.get("r"), "text", repr(text_of(cell))
    if kind == "s":
        return cell.get("r"), "text", repr(shared[int(value)])
    if formula is not None:
        return cell.get("r"), "formula", "=" + formula.text, value
    return cell.get("r"), "blank" if value is None else "number", value


main(sys.argv[1])
