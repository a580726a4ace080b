"""One wrong thing in a sound problem: one fault, with file, line, field, value and remedy."""

from __future__ import annotations

from typing import Any

import pytest

# What is replaced, by what; then the field, the message, the value shown, and words of the remedy.
CASES = {
    "an unknown key": (
        "    max_intensity: 2",
        "    max_intensty: 2",
        ("programmes.mediation.max_intensty", "unknown key", "max_intensty", "did you mean max_intensity?"),
    ),
    "an unknown dimension": (
        "{military-prowess: 1.0}",
        "{military_prowes: 1.0}",
        (
            "threat_kinds.attack.relevance.military_prowes",
            "unknown key",
            "military_prowes",
            "military-prowess?",
        ),
    ),
    "a missing key": (
        "    scale: 5\n",
        "",
        ("programmes.mediation.scale", "the key is missing", None, "add `scale`: a number above 0"),
    ),
    "a duplicate id": (
        "{id: attack,",
        "{id: unrest,",
        ("threat_kinds.unrest.id", "the id is used twice", "unrest", "its own id"),
    ),
    "an unknown reference": (
        "organ: secretariat",
        "organ: secretriat",
        ("programmes.mediation.organ", "unknown organ", "secretriat", "did you mean secretariat?"),
    ),
    "a unit beside the number": (
        "gdp: 9000",
        "gdp: 9000 million",
        ("states.BBB.gdp", "a number is expected", "9000 million", "write 9000;"),
    ),
    "a percentage for a share": (
        "ceiling: 0.6",
        "ceiling: 60",
        ("funds.common.ceiling", "the number is too large", "60", "write 0.6 for 60 %"),
    ),
    "a percent sign": (
        "discount: 0.05",
        "discount: 5%",
        ("objective.discount", "a number is expected", "5%", "write 0.05"),
    ),
    "a decimal comma": (
        "    scale: 5",
        "    scale: 1,5",
        ("programmes.mediation.scale", "a number is expected", "1,5", "write 1.5"),
    ),
    "separated thousands": (
        "gdp: 4000",
        "gdp: 4'000'000",
        ("states.AAA.gdp", "a number is expected", "4'000'000", "write 4000000"),
    ),
    "a number in quotes": (
        "gdp: 4000",
        'gdp: "4000"',
        ("states.AAA.gdp", "a number is expected", "4000", "without quotes: 4000"),
    ),
    "a number for a name": (
        "name: Aland",
        "name: 007",
        ("states.AAA.name", "text is expected", "007", 'in quotes: "007"'),
    ),
    "a word for a switch": (
        "closable: false",
        "closable: no",
        ("organs.secretariat.closable", "true or false is expected", "no", "true or false"),
    ),
    "a scalar for a list": (
        "parties: [CCC]",
        "parties: CCC",
        ("missions.ceasefire.parties", "a list is expected", "CCC", "write [CCC]"),
    ),
    "a list for keys": (
        "scale: {rule: table, table: {AAA: 0.25, BBB: 0.25, CCC: 0.5}}",
        "scale: [gdp]",
        ("funds.common.scale", "keys with values are expected", "a list of 1", "keys: rule, table"),
    ),
    "no value": (
        "setup_cost: 3",
        "setup_cost: ",
        ("organs.secretariat.setup_cost", "no value is given", "null", "(million USD)"),
    ),
    "a name with a blank": (
        "id: mediation",
        "id: good offices",
        ("programmes.good offices.id", "not a short name", "good offices", "such as good-offices"),
    ),
    "a fraction of a period": (
        "periods: [1993, 1994]",
        "periods: [1993, 1994.5]",
        ("periods.1", "a whole number is expected", "1994.5", "a whole number"),
    ),
    "a negative number": (
        "gdp: 4000",
        "gdp: -4000",
        ("states.AAA.gdp", "the number is negative", "-4000", "above 0"),
    ),
    "not a number": (
        "gdp: 4000",
        "gdp: .nan",
        ("states.AAA.gdp", "the number is not finite", ".nan", "million USD"),
    ),
    "an infinite number": (
        "gdp: 4000",
        "gdp: 1e999",
        ("states.AAA.gdp", "the number is not finite", "1e999", "million USD"),
    ),
    "a number too large for any unit": (
        "gdp: 4000",
        "gdp: 1e300",
        ("states.AAA.gdp", "the number is too large", "1e300", "no figure is above 1e+12"),
    ),
    "a latitude off the globe": (
        "latitude: 50,",
        "latitude: 500,",
        ("states.AAA.latitude", "the number is too large", "500", "from -90 to 90 (degrees north)"),
    ),
    "an unknown choice": (
        "weights: equal",
        "weights: equl",
        ("objective.weights", "none of the words allowed here", "equl", "did you mean equal?"),
    ),
    "an unknown reason to keep soldiers at home": (
        "missions:\n",
        "  contingents: {ineligible: [at-wars]}\nmissions:  # needs\n",
        (
            "garrisons.contingents.ineligible.0",
            "none of the words allowed here",
            "at-wars",
            "did you mean at-war?",
        ),
    ),
    "an exception from an unknown reason": (
        "missions:\n",
        "  contingents: {ineligible: [rivals], exceptions: {rival: [AAA]}}\nmissions:  # needs\n",
        ("garrisons.contingents.exceptions.rival", "unknown key", "rival", "did you mean rivals?"),
    ),
    "an unknown kind of relation": (
        "dilemma:\n",
        "relations: [{one: AAA, other: BBB, kind: rival}]\ndilemma:  # arms\n",
        ("relations.0.kind", "none of the words allowed here", "rival", "did you mean rivals?"),
    ),
    "a word for a fact": (
        "parties: [CCC],",
        "parties: [CCC], consent: none,",
        ("missions.ceasefire.consent", "true or false is expected", "none", "true or false"),
    ),
    "an unknown word for payers": (
        "payers: members",
        "payers: membres",
        ("funds.common.payers", "none of the words allowed here", "membres", "did you mean members?"),
    ),
    "a period that is none": (
        "budget: {1993: 100, 1994: 120}",
        "budget: {1993: 100, y1994: 120}",
        ("funds.common.budget.y1994", "the key is no period", "y1994", "such as 1993"),
    ),
    "a budget in a period outside": (
        "budget: {1993: 100, 1994: 120}",
        "budget: {1993: 100, 2004: 120}",
        ("funds.common.budget.2004", "unknown period", "2004", "1993, 1994"),
    ),
    "a negative budget in one period": (
        "budget: {1993: 100, 1994: 120}",
        "budget: {1993: 100, 1994: -120}",
        ("funds.common.budget.1994", "the number is negative", "-120", "at least 0"),
    ),
    "a scale that does not sum to 1": (
        "CCC: 0.5}",
        "CCC: 0.4}",
        (
            "funds.common.scale.table",
            "the shares of a scale must sum to 1",
            "0.9",
            "divide each share by 0.9",
        ),
    ),
    "an unknown party": (
        "parties: [CCC]",
        "parties: [CCD]",
        ("missions.ceasefire.parties", "unknown state", "CCD", "did you mean CCC?"),
    ),
    "a mission nobody can reach": (
        "deadline: 72",
        "deadline: 30",
        ("missions.ceasefire.deadline", "nobody can reach ceasefire in time", "30 h", "allow at least 57 h"),
    ),
    "a site in no host": (
        "host: BBB",
        "host: BBX",
        ("garrisons.sites.town.host", "unknown member", "BBX", "did you mean BBB?"),
    ),
    "an empty set": (
        "periods: [1993, 1994]",
        "periods: []",
        ("periods", "the list is empty", "an empty list", "at least one"),
    ),
    "a note on nothing": (
        "path: states.*.gdp",
        "path: states.*.gpd",
        ("provenance.0.path", "nothing in the problem has this path", "states.*.gpd", "dotted path"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_wrong_value_is_one_fault(changed: Any, refused: Any, case: str) -> None:
    old, new, (field, message, value, remedy) = CASES[case]
    path, line = changed(old, new)
    if case == "a missing key":
        line -= 2  # the mapping begins with its id
    (fault,) = refused(path)
    assert (fault.file, fault.line, fault.field, fault.value) == ("problem.yaml", line, field, value)
    assert message in fault.message
    assert remedy in fault.remedy


def test_reactions_that_diverge_name_the_cycle(changed: Any, refused: Any) -> None:
    path, line = changed("reaction: 0.4", "reaction: 4")
    (fault,) = refused(path)
    assert fault.field == "dilemma.influences"
    assert fault.line == line - 1
    assert fault.value == "AAA -> BBB -> AAA"
    assert "spectral radius 1.095" in fault.message


def test_all_faults_are_told_together_in_reading_order(small: str, write: Any, refused: Any) -> None:
    text = small
    for case, (old, new, _) in CASES.items():
        if text.count(old) == 1 and case not in ("an empty set", "a duplicate id", "an unknown dimension"):
            text = text.replace(old, new)
    faults = refused(write("problem.yaml", text))
    fields = [fault.field for fault in faults]
    told = {
        "programmes.good offices.id",
        "programmes.good offices.scale",
        "states.BBB.gdp",
        "objective.weights",
        "funds.common.payers",
        "organs.secretariat.closable",
        "funds.common.budget.y1994",
        "provenance.0.path",
        "missions.ceasefire.parties",
        "garrisons.sites.town.host",
        "periods.1",
    }
    assert told <= set(fields)
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert len(set(faults)) == len(faults)


def test_a_fault_in_one_field_does_not_hide_the_cross_checks(small: str, write: Any, refused: Any) -> None:
    text = small.replace("gdp: 4000", "gdp: -1").replace("organ: secretariat", "organ: secretriat")
    text = text.replace("CCC: 0.5}", "CCC: 0.4}")
    assert [fault.field for fault in refused(write("problem.yaml", text))] == [
        "states.AAA.gdp",
        "programmes.mediation.organ",
        "funds.common.scale.table",
    ]


def test_consequences_of_a_fault_are_not_told(small: str, write: Any, refused: Any) -> None:
    text = small.replace("threats: {unrest: 2}", "threats: {unrest: two}").replace("CCC: 0.5}", "CCC: half}")
    assert [fault.field for fault in refused(write("problem.yaml", text))] == [
        "states.CCC.threats.unrest",
        "funds.common.scale.table.CCC",
    ]


def test_a_reference_to_a_thing_whose_id_is_wrong_is_told_once(changed: Any, refused: Any) -> None:
    (fault,) = refused(changed("{id: secretariat,", "{id: 'secretariat ',")[0])
    assert fault.field == "organs.secretariat .id"


def test_values_are_shortened_and_control_characters_escaped(changed: Any, refused: Any) -> None:
    (fault,) = refused(changed("weights: equal", 'weights: "\\e[31mred\\u202e' + "x" * 200 + '"')[0])
    assert fault.value.startswith("\\x1b[31mred\\u202ex")
    assert len(fault.value) == 80


@pytest.mark.parametrize("place", ["ids offered", "keys", "settings"])
def test_no_control_character_of_a_file_reaches_the_terminal(
    small: str, write: Any, refused: Any, place: str
) -> None:
    text, more = {
        "ids offered": (small.replace("id: mediation", 'id: "\\e[31m"'), ["programmes.x.scale=1"]),
        "keys": (small.replace("    scale: 5", '    "sc\\eale": 5'), []),
        "settings": (small, ["\x1b[31m.x=1"]),
    }[place]
    faults = refused(write("problem.yaml", text), settings=more)
    assert not any("\x1b" in str(fault) for fault in faults)


@pytest.mark.parametrize("junk", ["3", "null", "[]", "{table: nothing}"])
def test_a_section_that_is_wrong_as_a_whole_is_one_fault(
    small: str, write: Any, refused: Any, junk: str
) -> None:
    lines = [line for line in small.splitlines() if not line.startswith("  - {id: ") or "gdp" not in line]
    text = "\n".join(lines).replace("states:\n", f"states: {junk}\n")
    (fault,) = refused(write("problem.yaml", text))
    assert (fault.field or "").startswith("states")
