"""Measures from the painted picture how well each text stands out from its ground."""

from collections.abc import Iterator

from PIL import Image

from .boxes import Box, edges

LOWEST_CONTRAST = 7.0
"""The strictest level of WCAG 2."""
SOME_OF_IT = 0.05
"""A ground counts where it takes at least this share of the text's box."""
SAME_COLOUR = 40
"""Apart in one channel at most, of 255: the rims of thin strokes are blended."""

Colour = tuple[int, int, int]


def faint_texts(texts: tuple[Box, ...], picture: Image.Image) -> Iterator[str]:
    """Tell which texts stand out too little, or are painted over."""
    for text in texts:
        yield from _faint(text, picture)


def _faint(text: Box, picture: Image.Image) -> Iterator[str]:
    left, top, right, bottom = (round(edge) for edge in edges(text.place))
    crop = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    counted: list[tuple[int, Colour]] = crop.getcolors(crop.width * crop.height)  # type: ignore[assignment]
    ink = min((colour for _, colour in counted), key=lambda colour: _apart(colour, text.ink))
    if _apart(ink, text.ink) > SAME_COLOUR:
        yield f"{text.name!r} cannot be seen: its colour {text.ink} is nowhere"
        return
    grounds = [one for one in counted if _apart(one[1], ink) > SAME_COLOUR]
    if not grounds:
        yield f"{text.name!r} cannot be seen: all is {ink}"
        return
    ground = max(grounds)[1]
    rest = sum(count for count, colour in counted if not _blended(colour, ink, ground))
    if rest > SOME_OF_IT * crop.width * crop.height:
        yield f"{text.name!r} stands on more than one colour"
    if (measured := _contrast(ink, ground)) < LOWEST_CONTRAST:
        yield f"{text.name!r} stands out only {measured:.1f} from its ground"


def _blended(colour: Colour, ink: Colour, ground: Colour) -> bool:
    """Whether a colour is the ink, the ground, or a rim where both meet."""
    span = [to - start for start, to in zip(ground, ink, strict=True)]
    way = [at - start for start, at in zip(ground, colour, strict=True)]
    share = sum(a * b for a, b in zip(span, way, strict=True)) / sum(one * one for one in span)
    nearest = tuple(round(start + share * step) for start, step in zip(ground, span, strict=True))
    return _apart(colour, nearest) <= SAME_COLOUR  # type: ignore[arg-type]


def _apart(one: Colour, other: Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = [level / 255 for level in colour]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
