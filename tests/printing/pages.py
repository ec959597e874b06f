"""What every printed page is held to."""

import pypdfium2
from pypdfium2 import raw

from printing.papers import Paper


def assert_all_on_paper(pdf: bytes, paper: Paper) -> None:
    """No character is cut off, too small, or printed over another line."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    lines = []
    for index in range(page.count_rects()):
        left, bottom, right, top = (edge * paper.dpi / 72 for edge in page.get_rect(index))
        assert left >= paper.left - 1
        assert right <= paper.left + paper.width + 1
        assert bottom > 0
        lines.append((left, bottom, right, top))
    for index, (left, bottom, right, top) in enumerate(lines):
        for other_left, other_bottom, other_right, other_top in lines[index + 1 :]:
            beside = right <= other_left + 1 or other_right <= left + 1
            apart = top <= other_bottom + 1 or other_top <= bottom + 1
            assert beside or apart
    sizes = {raw.FPDFText_GetFontSize(page, index) for index in range(page.count_chars())}
    assert min(size for size in sizes if size > 1) >= paper.smallest_type
