"""What the last screen says of the slip: facts put into words, and the keys that fit them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.print_job import FOLLOWED, UNFINISHED, Hold, PrintNews, PrintState
from kiosk.domain.texts import Texts

ASK_AFTER_S = 10
"""So long after it was handed to a printer that tells no more, a page is out or will not come."""
ASK_SLOW_AFTER_S = 45
"""A printer that says it is still at work may be a slow one."""

TOOK, MISSED, FINISH = "took", "missed", "finish"
"""What a key says: "I have it", "there is none", or no more than the end of the visit."""

_WITH_PRINTER = FOLLOWED | {PrintState.UNCONFIRMED}


_OWED = PrintNews(PrintState.OWED)


class Phase(StrEnum):
    """How the screen stands to the slip."""

    PRINTING = "printing"
    ASK = "ask"
    """Only the person can tell whether it is there."""
    OUT = "out"
    HOLD = "hold"
    """The printer waits for somebody."""
    COUNTER = "counter"
    """It comes from the staff, if at all."""


@dataclass(frozen=True, slots=True)
class SlipSeen:
    """What was seen of a slip since the screen came.

    `sent_ms`: when a printer was first seen to have it. `paper_was_out`: a cover that is opened
    after that is opened by somebody with paper. `word`: what the person said, TOOK or MISSED.
    """

    news: PrintNews = _OWED
    sent_ms: float | None = None
    paper_was_out: bool = False
    word: str = ""

    def after(self, news: PrintNews, now_ms: float) -> "SlipSeen":
        """Return what is known once there is news."""
        if news == self.news:
            return self
        sent_ms = self.sent_ms if self.sent_ms is not None else now_ms
        moves = news.state in _WITH_PRINTER and news.hold is None
        stands = news.state in {self.news.state, PrintState.FAILED} or self.word == TOOK
        return replace(
            self,
            news=news,
            sent_ms=sent_ms if moves else None,
            paper_was_out=self.paper_was_out or news.hold is Hold.NO_PAPER,
            word=self.word if stands else "",
        )

    def missed(self) -> "SlipSeen":
        """The person says that there is none."""
        return replace(self, word=MISSED)

    def taken(self) -> "SlipSeen":
        """The person says that they hold it."""
        return replace(self, word=TOOK)

    def is_asked(self, now_ms: float) -> bool:
        """Whether it has been with the printer for so long that the person is asked."""
        if self.sent_ms is None:
            return False
        after_s = ASK_SLOW_AFTER_S if self.news.state in FOLLOWED else ASK_AFTER_S
        return now_ms - self.sent_ms >= after_s * 1000


@dataclass(frozen=True, slots=True)
class SlipFace:
    """What the screen shows of the slip. `reached`: so many of the three stages are past.

    `keys`: what the quiet and the yellow key say, "" for no quiet key.
    """

    phase: Phase = Phase.PRINTING
    title: str = ""
    lead: str = ""
    reached: int = 1
    offers_code: bool = False
    keys: tuple[str, str] = ("", TOOK)


def look_at_slip(seen: SlipSeen, now_ms: float, texts: Texts) -> SlipFace:
    """Put into words what is known of a slip."""
    news, say = seen.news, texts.say
    if seen.word == TOOK or news.state is PrintState.HANDED_OVER_OTHERWISE:
        title = say("done.slip_taken" if seen.word == TOOK else "done.slip_handed_over_otherwise")
        return SlipFace(Phase.OUT, title, reached=3, keys=("", FINISH))
    if news.hold is not None and news.state in UNFINISHED:
        return _held(seen, news.hold, texts)
    if seen.word == MISSED or news.state in {PrintState.FAILED, PrintState.FILED}:
        of = "missed" if seen.word == MISSED else news.state.value
        title, lead = say(f"done.slip_{of}"), say(f"done.slip_{of}_lead")
        return SlipFace(Phase.COUNTER, title, lead, offers_code=True, keys=("", FINISH))
    if news.state is PrintState.CAME_OUT:
        return SlipFace(Phase.OUT, say("done.slip_came_out"), reached=2, keys=(MISSED, TOOK))
    if news.state is PrintState.UNSURE or seen.is_asked(now_ms):
        return _asked(texts, lost=news.state is PrintState.UNSURE)
    return SlipFace(title=say(f"done.slip_{news.state.value}"))


def _asked(texts: Texts, *, lost: bool) -> SlipFace:
    """`lost`: the printer cannot tell, so that it may never come."""
    lead = texts.say("done.slip_unsure_lead") if lost else ""
    keys = (MISSED, TOOK)
    return SlipFace(Phase.ASK, texts.say("done.ask"), lead, offers_code=lost, keys=keys)


def _held(seen: SlipSeen, hold: Hold, texts: Texts) -> SlipFace:
    filling = hold is Hold.COVER_OPEN and seen.paper_was_out
    of = "filling" if filling else hold.value
    return SlipFace(
        Phase.HOLD,
        texts.say(f"done.hold_{of}"),
        f"{texts.say(f'done.hold_{of}_lead')} {texts.say('done.hold_code')}",
        offers_code=True,
        # A printer that fell silent may have put it on paper before.
        keys=(TOOK if seen.news.state in FOLLOWED else "", FINISH),
    )
