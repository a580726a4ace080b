"""Garrisons and contingents: 3.1 to 3.14, and the figures that a plan states about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from concord.models.site import Contingents, Garrisons, Site

from .case import Case
from .costs import soldier_cost
from .decisions import added
from .scales import scale_shares
from .tolerance import Quantity

TROOPS, UNITS, COUNT = Quantity.TROOPS, Quantity.UNITS, Quantity.COUNT

Postings = Mapping[tuple[str, int], Mapping[str, float]]
"""Site and period to state to contingent units."""


def check_garrisons(case: Case) -> None:
    """Every rule over garrisons and the contingents in them."""
    garrisons = case.problem.garrisons
    if garrisons is None:
        return
    postings: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (state, site_id, period), units in case.decisions.units.items():
        postings[site_id, period][state] = units
    for period in case.problem.periods:
        for site in garrisons.sites:
            present = postings.get((site.id, period), {})
            _garrison(case, garrisons, (site, period), sum(present.values()))
            _composition(case, garrisons.contingents, (site, period), present)
        _dispersion(case, garrisons, period)
        _contributions(case, garrisons, period)
    may_stand = {site.id: site.may_stand for site in garrisons.sites}
    for site_id, tier, period in sorted(case.decisions.garrisons):
        kept = (site_id, tier, period + 1) in case.decisions.garrisons
        later = kept or period == case.last or not may_stand[site_id](period + 1)
        text = "the {1} garrison at {0} no longer stands in {2}"
        case.ledger.demand("garrisons.permanence", (site_id, tier, period + 1), later, text)
    _stated_figures(case, garrisons, postings)


def _garrison(case: Case, garrisons: Garrisons, place: tuple[Site, int], units: float) -> None:
    """3.1, 3.3, 3.4: one tier, room for the troops, an organ in command."""
    site, period = place
    tiers = [tier for tier in garrisons.tiers if (site.id, tier.id, period) in case.decisions.garrisons]
    subject = (site.id, period)
    text = "{0} has {value} garrisons in {1}, allowed {limit}"
    case.ledger.at_most("garrisons.one_tier", subject, len(tiers), 1, COUNT, text)
    room = sum(room_in(garrisons, tier.capacity) for tier in tiers)
    text = "{value} stand at {0} in {1}, room for {limit}"
    troops = garrisons.contingents.unit * units
    case.ledger.at_most("garrisons.capacity", subject, troops, room, TROOPS, text)
    if garrisons.organ is not None:
        kept = not tiers or case.operates(garrisons.organ, period)
        text = f"a garrison stands at {{0}} in {{1}} without {garrisons.organ} to command it"
        case.ledger.demand("garrisons.organ", subject, kept, text)


def room_in(garrisons: Garrisons, capacity: float) -> float:
    """Troops that may stand in a garrison of `capacity`."""
    return capacity if garrisons.max_troops is None else min(capacity, garrisons.max_troops)


def _dispersion(case: Case, garrisons: Garrisons, period: int) -> None:
    """3.5 to 3.7: how many garrisons stand, and where."""
    hosts = {site.id: site.host for site in garrisons.sites}
    standing = [site for site, _, when in case.decisions.garrisons if when == period]
    if garrisons.max_open is not None:
        text = "{value} garrisons stand in {0}, allowed {limit}"
        limit = garrisons.max_open
        case.ledger.at_most("garrisons.max_open", (period,), len(standing), limit, COUNT, text)
    if period == case.last:
        text = "{value} garrisons stand in {0}, required {limit}"
        least = garrisons.min_open
        case.ledger.at_least("garrisons.min_open", (period,), len(standing), least, COUNT, text)
    if garrisons.max_per_host is not None:
        per_host = Counter(hosts[site] for site in standing)
        for host in dict.fromkeys(hosts.values()):
            text = "{0} hosts {value} garrisons in {1}, allowed {limit}"
            subject, limit = (host, period), garrisons.max_per_host
            case.ledger.at_most("garrisons.max_per_host", subject, per_host[host], limit, COUNT, text)


def _composition(
    case: Case, rules: Contingents, place: tuple[Site, int], present: Mapping[str, float]
) -> None:
    """3.8 to 3.10: of whom a garrison is made up."""
    site, period = place
    whole = sum(present.values())
    for state, units in present.items():
        subject = (state, site.id, period)
        text = "{0} has {value} of {1} in {2}, allowed {limit}"
        parts = (units, whole, rules.max_state_share)
        case.ledger.share("garrisons.state_share", subject, parts, UNITS, text)
        if state == site.host:
            text = f"{state}, the host, has {{value}} of {{0}} in {{1}}, allowed {{limit}}"
            parts = (units, whole, rules.max_host_share)
            case.ledger.share("garrisons.host_share", (site.id, period), parts, UNITS, text)
        if rules.minimum_units > 1 and units > case.ledger.tolerance.units:
            text = "{0} has {value} at {1} in {2}, and sends at least {limit} if any"
            least = rules.minimum_units
            case.ledger.at_least("garrisons.minimum_units", subject, units, least, UNITS, text)
    if any(where == site.id and when == period for where, _, when in case.decisions.garrisons):
        off = case.ledger.tolerance.units
        nations = sum(units > off and units >= rules.minimum_units - off for units in present.values())
        text = "{value} nations stand at {0} in {1}, required {limit}"
        case.ledger.at_least("garrisons.nations", (site.id, period), nations, rules.min_nations, COUNT, text)


def _contributions(case: Case, garrisons: Garrisons, period: int) -> None:
    """3.11 and 3.12: what each state contributes to all garrisons."""
    rules, ledger = garrisons.contingents, case.ledger
    hosts = {site.id: site.host for site in garrisons.sites}
    for state, site, when in case.decisions.units:
        if when == period:
            bar = case.barred_at_home(rules, state, period)
            text = f"{{0}} has soldiers at {{1}} in {{2}}, and sends none: {bar}"
            ledger.demand("contingents.eligibility", (state, site, period), bar is None, text)
            host = hosts[site]
            estranged = case.rivals(rules, {host}) | case.parties(rules, {host})
            text = "{0} has soldiers at {1} in {2}, whose host is its rival, or a party to a conflict with it"
            welcome = state == host or state not in estranged
            ledger.demand("contingents.eligibility", (state, site, period), welcome, text)
    by_state = added((state, troops) for (state, _, when), troops in case.troops().items() if when == period)
    whole = sum(by_state.values())
    for state, troops in by_state.items():
        most = rules.availability * case.problem.state_by_id[state].military_personnel
        text = "{0} has {value} abroad in {1}, and can spare {limit}"
        ledger.at_most("contingents.availability", (state, period), troops, most, TROOPS, text)
    if rules.scale is None:
        return
    contributors = [
        case.problem.state_by_id[state]
        for state in case.contributors(garrisons)
        if case.barred_at_home(rules, state, period) is None
    ]
    if not contributors:
        return
    for state, share in scale_shares(rules.scale, contributors).items():
        fair, troops = share * whole, by_state.get(state, 0.0)
        spread = rules.tolerance * fair + rules.unit
        text = "{0} has {value} abroad in {1}, its scale "
        subject = (state, period)
        ledger.at_most("contingents.scale", subject, troops, fair + spread, TROOPS, text + "allows {limit}")
        ledger.at_least(
            "contingents.scale", subject, troops, fair - spread, TROOPS, text + "requires {limit}"
        )


def _stated_figures(case: Case, garrisons: Garrisons, postings: Postings) -> None:
    sites = {site.id: site for site in garrisons.sites}
    tiers = {tier.id: tier for tier in garrisons.tiers}
    for row in case.plan.garrisons:
        if row.site not in sites or row.tier not in tiers:
            continue
        subject = (row.site, row.tier, row.period)
        site, tier = sites[row.site], tiers[row.tier]
        text = f"{{0}} lies in {site.host}; not so stated for {{2}}"
        case.ledger.demand("figures.garrison", subject, row.host == site.host, text)
        founded = case.decisions.built(row.site, row.tier, row.period + garrisons.lead)
        text = f"{{0}} stands {garrisons.lead} periods after it is founded; not so stated for {{2}}"
        case.ledger.demand("figures.garrison", subject, row.founded is founded, text)
        text = "{1} at {0} in {2} is stated to have room for {value}, and has room for {limit}"
        room = room_in(garrisons, tier.capacity)
        case.ledger.equal("figures.garrison", subject, row.capacity, room, TROOPS, text)
        text = "{value} are stated to stand at {0} in {2}, and the contingents sum to {limit}"
        units = sum(postings.get((row.site, row.period), {}).values())
        posted = garrisons.contingents.unit * units
        case.ledger.equal("figures.garrison", subject, row.troops, posted, TROOPS, text)
        cost = (tier.upkeep if row.working else 0.0) + (tier.setup_cost if founded else 0.0)
        text = "the cost of {0} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("figures.cost", subject, row.cost, cost, Quantity.MONEY, text)
        kept = soldier_cost(garrisons) * posted / 1000
        text = "the keep of the soldiers at {0} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("figures.cost", subject, row.soldiers_cost, kept, Quantity.MONEY, text)
    for posting in case.plan.contingents:
        troops = garrisons.contingents.unit * posting.units
        text = "{0} is stated to have {value} at {1} in {2}, and its units make {limit}"
        holder = (posting.state, posting.site, posting.period)
        case.ledger.equal("figures.garrison", holder, posting.troops, troops, TROOPS, text)
