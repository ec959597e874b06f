"""Layers of settings: which one counts, what cannot be overridden, what becomes of misfits."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.setting import Flaw, Form, Owner, WrongValue
from kiosk.domain.slip_without import CAN_DO_WITHOUT
from kiosk.layers import ORDER, Layers, Misfit, Source, put_together
from kiosk.settings import DECLARED, KINDS, Settings, checked_value, read_settings

LAYERED = [name for name, about in DECLARED.items() if about.owner is not Owner.MACHINE]
WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, -1, 10**6, 4.5, "", "x" * 300, [], {}, "two\nlines"]
)


SOME = {
    Form.PRINTER: ("", "front-desk", "escpos://192.168.1.9:9100"),
    Form.SOUND: ("", "/srv/call.wav", "/srv/call.OGG"),
}
SEVERAL = {Form.SLIP_PARTS: CAN_DO_WITHOUT, Form.LANGUAGES: ("id", "en", "su")}


def good(name: str) -> st.SearchStrategy[Any]:
    """Values that fit, as JSON has them."""
    about, kind = DECLARED[name], KINDS[name]
    if kind is bool:
        return st.booleans()
    if about.limits:
        return st.integers(*about.limits)
    if issubclass(kind, StrEnum):
        return st.sampled_from([one.value for one in kind])
    if about.form in SOME:
        return st.sampled_from(SOME[about.form])
    if about.form in SEVERAL:
        return st.sets(st.sampled_from(SEVERAL[about.form])).map(",".join)
    letters = st.characters(min_codepoint=33, max_codepoint=0x17F, categories=("L", "N"))
    return st.text(letters, min_size=1, max_size=about.longest)


def layer(values: Any = good) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: values(name) for name in LAYERED})


def any_value(name: str) -> st.SearchStrategy[Any]:
    return good(name) | WRONG


def written(settings: Settings, name: str) -> Any:
    value = getattr(settings, name)
    return value.value if isinstance(value, StrEnum) else value


@given(layer(), layer(), layer(), layer())
def test_the_highest_layer_that_may_speak_counts_and_is_named(
    kabupaten: dict[str, Any],
    kecamatan: dict[str, Any],
    file: dict[str, Any],
    kiosk: dict[str, Any],
) -> None:
    machine = Settings(
        **{name: checked_value(name, value) for name, value in file.items()},
        in_file=frozenset(file),
    )
    found = put_together(Layers(machine, kabupaten, kecamatan), kiosk)
    said = {
        Source.KABUPATEN: kabupaten,
        Source.KECAMATAN: kecamatan,
        Source.FILE: file,
        Source.KIOSK: kiosk,
    }
    assert found.misfits == ()
    for name in LAYERED:
        speaking = [one for one in ORDER[DECLARED[name].owner] if name in said.get(one, {})]
        source = speaking[-1] if speaking else Source.DEFAULT
        assert found.sources[name] is source
        wanted = said[source][name] if speaking else written(Settings(), name)
        assert written(found.settings, name) == wanted


@given(layer(), layer(any_value), layer(any_value))
def test_what_belongs_to_the_kabupaten_is_overridden_by_nobody(
    kabupaten: dict[str, Any], kecamatan: dict[str, Any], kiosk: dict[str, Any]
) -> None:
    machine = replace(Settings(), controller_name="Dinas", slip_days=2)
    found = put_together(Layers(machine, kabupaten, kecamatan), kiosk)
    for name, about in DECLARED.items():
        if about.owner is Owner.KABUPATEN:
            below = written(machine, name)
            assert written(found.settings, name) == kabupaten.get(name, below)
            assert found.sources[name] in {Source.DEFAULT, Source.FILE, Source.KABUPATEN}


@given(layer(any_value), layer(any_value), layer(any_value))
def test_whatever_the_layers_say_settings_that_can_be_worked_with_come_of_it(
    kabupaten: dict[str, Any], kecamatan: dict[str, Any], kiosk: dict[str, Any]
) -> None:
    found = put_together(Layers(Settings(), kabupaten, kecamatan), kiosk)
    for name in LAYERED:
        checked_value(name, written(found.settings, name))
    said = {Source.KABUPATEN: kabupaten, Source.KECAMATAN: kecamatan, Source.KIOSK: kiosk}
    for misfit in found.misfits:
        with pytest.raises(WrongValue):
            checked_value(misfit.name, said[misfit.source][misfit.name])


def test_folders_are_nobodys_but_the_files() -> None:
    kiosk = {"store_folder": "/elsewhere", "backups_kept": 1}
    layers = Layers(replace(Settings(), store_folder=Path("/srv/store")), kiosk, kiosk)
    found = put_together(layers, kiosk)
    assert found.settings.store_folder == Path("/srv/store")
    assert found.sources["store_folder"] is Source.FILE
    assert found.settings.backups_kept == Settings().backups_kept
    assert found.misfits == ()


def test_a_file_that_says_the_default_says_it(tmp_path: Path) -> None:
    """Else a kabupaten would go over a file that was written on purpose."""
    file = tmp_path / "kiosk.toml"
    file.write_text("silence_s = 45\n")
    found = put_together(Layers(read_settings(file), {"silence_s": 60, "warning_s": 20}), {})
    assert (found.settings.silence_s, found.sources["silence_s"]) == (45, Source.FILE)
    assert (found.settings.warning_s, found.sources["warning_s"]) == (20, Source.KABUPATEN)


def test_what_it_would_be_without_the_screen_is_told() -> None:
    layers = Layers(replace(Settings(), warning_s=20), {"silence_s": 60})
    found = put_together(layers, {"silence_s": 30, "warning_s": 25, "paper": "58mm"})
    beneath = {name: found.beneath[name] for name in ("silence_s", "warning_s", "paper")}
    assert beneath == {"silence_s": 60, "warning_s": 20, "paper": Settings().paper}


def only_narrow_rolls(settings: Settings) -> None:
    """A printer that can do 58 mm alone, and is called by that name."""
    if settings.printer == "narrow" and settings.paper != "58mm":
        raise ValueError("the printer narrow has paper of 58 mm")


def test_what_goes_together_is_taken_whatever_comes_first() -> None:
    layers = Layers(Settings(), fits=only_narrow_rolls)
    found = put_together(layers, {"printer": "narrow", "paper": "58mm", "office": "Anyar"})
    assert (found.settings.printer, found.settings.office) == ("narrow", "Anyar")
    assert found.misfits == ()


def test_what_does_not_go_with_the_rest_is_left_out_and_the_rest_stays() -> None:
    layers = Layers(Settings(), fits=only_narrow_rolls)
    found = put_together(layers, {"printer": "narrow", "office": "Kecamatan Anyar"})
    assert found.settings == replace(Settings(), office="Kecamatan Anyar")
    reason = "the printer narrow has paper of 58 mm"
    assert found.misfits == (Misfit("printer", Source.KIOSK, Flaw.GOES_NOT, reason),)
    assert found.sources["printer"] is Source.DEFAULT


def test_below_what_does_not_go_the_next_layer_is_tried() -> None:
    layers = Layers(Settings(), {"printer": "front-desk"}, fits=only_narrow_rolls)
    found = put_together(layers, {"printer": "narrow"})
    assert (found.settings.printer, found.sources["printer"]) == ("front-desk", Source.KABUPATEN)


def test_a_machine_whose_own_file_does_not_fit_says_so() -> None:
    layers = Layers(replace(Settings(), printer="narrow"), fits=only_narrow_rolls)
    with pytest.raises(ValueError, match="58 mm"):
        put_together(layers, {"paper": "A4"})
