"""The keys of the editors' texts that the code puts together, and all that each can become."""

from collections.abc import Callable

from kiosk.domain.configuration import DATA_FILES
from kiosk.domain.handover import Field
from kiosk.editing.columns import ColumnRefused
from kiosk.editing.segments import SegmentFlaw
from ui.models.parts.sentences_model import GROUPS

FACTS = ("dinas", "names", "tile_names", "codes")


def built_of_the_parts(every: Callable[..., set[str]]) -> dict[str, set[str]]:
    """Return the patterns with their keys; `every` puts each part where the star is."""
    files = (file.removesuffix(".json") for file in DATA_FILES)
    return {
        "parts.columns.field.*": every("parts.columns.field.*", *Field),
        "parts.columns.flaw.*": every("parts.columns.flaw.*", *ColumnRefused),
        "parts.files.*": every("parts.files.*", *files),
        "parts.segments.*": every("parts.segments.*", *FACTS),
        "parts.segments.*_of": every("parts.segments.*_of", "names", "tile_names"),
        "parts.segments.flaw.*": every("parts.segments.flaw.*", *SegmentFlaw),
        "parts.sentences.*": every("parts.sentences.*", *GROUPS),
    }
