"""Each kind of measure as one statement of joins and counts, over what groundwork.py lays out."""

from collections.abc import Callable, Mapping, Sequence

from indicators.measures import (
    AgeAtFirst,
    ByAge,
    Continuity,
    FollowedBy,
    Measure,
    Rate,
    ShareBefore,
    ShareOfChildren,
    ShareOfGroup,
    ShareOfRows,
    Spread,
    StillWaiting,
    Wait,
    Within,
)

from .conditions import first_of, only, passes, rows_of, those


def statement(measure: Measure, years: Sequence[int]) -> str:
    """Year, stratum, the parts of the outcome, and how many times."""
    listed = ", ".join(f"({year})" for year in years)
    asked = (
        f"WITH asked AS (SELECT year, make_date(year, 1, 1) AS jan, make_date(year, 12, 31) AS dec "
        f"FROM (VALUES {listed}) AS given (year)), "
        f"lived AS (SELECT * FROM span WHERE low BETWEEN {measure.ages[0]} AND {measure.ages[1]}), "
        f"at_end AS (SELECT year, child, stratum FROM asked JOIN lived ON dec BETWEEN begins AND ends)"
    )
    parts, observed = STATEMENTS[type(measure)](measure)
    outcome = ", ".join(f"CAST({part} AS BIGINT) AS part_{at}" for at, part in enumerate(parts))
    return (
        f"{asked} SELECT year, stratum, {outcome}, CAST(sum(times) AS BIGINT) AS times FROM ({observed}) "
        f"GROUP BY ALL HAVING sum(times) > 0"
    )


Statement = tuple[Sequence[str], str]
"""The parts of the outcome, and what is observed: year, stratum, those parts and times."""
ON_THE_DAY = "JOIN asked ON year(day) = year JOIN lived USING (child)"


def _share_of_rows(measure: ShareOfRows) -> Statement:
    rows = rows_of(measure.of, f", {passes(measure.that)} AS passes")
    return ["passes"], (
        f"SELECT year, stratum, passes, count(*) AS times FROM {rows} {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _rate(measure: Rate) -> Statement:
    return ["event"], (
        f"SELECT year, stratum, 1 AS event, count(*) AS times FROM {rows_of(measure.of)} {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL UNION ALL "
        f"SELECT year, stratum, 0 AS event, "
        f"sum(greatest(days_between(greatest(begins, jan), least(ends, dec, until)) + 1, 0)) AS times "
        f"FROM lived JOIN asked ON begins <= dec AND ends >= jan CROSS JOIN known GROUP BY ALL"
    )


def _share_of_children(measure: ShareOfChildren) -> Statement:
    return ["enough"], (
        f"SELECT year, stratum, coalesce(number, 0) >= {measure.at_least} AS enough, count(*) AS times "
        f"FROM at_end LEFT JOIN (SELECT child, year, count(*) AS number FROM {rows_of(measure.having)} "
        f"JOIN asked ON year(day) BETWEEN year - {measure.years - 1} AND year GROUP BY ALL) "
        f"USING (child, year) GROUP BY ALL"
    )


def _cases(measure: Wait | StillWaiting) -> str:
    """Each case: its first start, and its first stop on or after that."""
    return (
        f'(SELECT child, "case", start, min(CASE WHEN day >= start THEN day END) AS stop FROM '
        f'(SELECT child, "case", min(day) AS start FROM {rows_of(measure.start)} GROUP BY ALL) '
        f'LEFT JOIN {rows_of(measure.stop)} AS stops USING (child, "case") '
        f"GROUP BY ALL)"
    )


def _wait(measure: Wait) -> Statement:
    return _waited(_cases(measure), measure.ages)


def _followed_by(measure: FollowedBy) -> Statement:
    numbered = "row_number() OVER (PARTITION BY child ORDER BY day) AS number"
    begun = (
        f"(SELECT child, start, min(day) AS stop FROM "
        f"(SELECT child, day AS start, {numbered} FROM {rows_of(measure.first)}) AS first "
        f"LEFT JOIN (SELECT child AS whose, day FROM {rows_of(measure.then)}) AS afterwards "
        f"ON whose = child AND day > start GROUP BY child, start, number)"
    )
    return _waited(begun, measure.ages)


def _waited(begun: str, ages: tuple[int, int]) -> Statement:
    """Days until each came, or was no longer seen; and which of the two. `begun`: child, start and stop."""
    horizon = f"least(stay.ends, turns_months(born, {12 * (ages[1] + 1)}) - 1, until)"
    return ["waited", "came"], (
        f"SELECT year, stratum, days_between(start, least(coalesce(stop, horizon), horizon)) AS waited, "
        f"coalesce(stop <= horizon, false) AS came, count(*) AS times FROM ("
        f"SELECT year, stratum, start, stop, {horizon} AS horizon FROM {begun} AS begun "
        f"JOIN asked ON year(start) = year JOIN lived ON lived.child = begun.child AND "
        f"start BETWEEN lived.begins AND lived.ends JOIN stay ON stay.child = begun.child AND "
        f"start BETWEEN stay.begins AND stay.ends JOIN child ON child.child = begun.child CROSS JOIN known"
        f") GROUP BY ALL"
    )


def _still_waiting(measure: StillWaiting) -> Statement:
    begun = _cases(measure)
    return ["longer"], (
        f"SELECT at_end.year, stratum, days_between(start, dec) > {measure.limit} AS longer, "
        f"count(*) AS times "
        f"FROM {begun} AS begun JOIN asked ON start <= dec AND (stop IS NULL OR stop > dec) "
        f"JOIN at_end ON at_end.year = asked.year AND at_end.child = begun.child GROUP BY ALL"
    )


def _share_before(measure: ShareBefore) -> Statement:
    return ["before"], (
        f"SELECT year, stratum, coalesce(early < day, false) AS before, count(*) AS times "
        f"FROM {first_of(measure.then, 'day')} LEFT JOIN {first_of(measure.early, 'early')} USING (child) "
        f"{ON_THE_DAY} WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _share_of_group(measure: ShareOfGroup) -> Statement:
    return ["meets"], (
        f"SELECT year, stratum, coalesce(meets, false) AS meets, count(*) AS times FROM at_end "
        f"{only(measure.among)} LEFT JOIN (SELECT child, year, true AS meets FROM {those(measure.having)}) "
        f"USING (child, year) GROUP BY ALL"
    )


def _by_age(measure: ByAge) -> Statement:
    return ["meets"], (
        f"SELECT year, stratum, coalesce(had <= day, false) AS meets, count(*) AS times "
        f"FROM (SELECT child, turns_months(born, {measure.months}) AS day FROM child) CROSS JOIN known "
        f"JOIN {first_of(measure.among, 'was')} USING (child) LEFT JOIN {first_of(measure.having, 'had')} "
        f"USING (child) {ON_THE_DAY} WHERE was <= day AND day <= until AND day BETWEEN begins AND ends "
        f"GROUP BY ALL"
    )


def _age_at_first(measure: AgeAtFirst) -> Statement:
    most = "months_between_days(born, day)"
    turned = "CAST(turns_months(born, {}) <= day AS INTEGER)".format
    return ["months"], (
        f"SELECT year, stratum, {most} - 2 + {turned(f'{most} - 1')} + {turned(most)} AS months, "
        f"count(*) AS times FROM {first_of(measure.of, 'day')} JOIN child USING (child) {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _met(measure: Continuity | Spread) -> str:
    """Of each child's year: how often it met each provider."""
    return (
        f'(SELECT child, year, "{measure.provider}" AS provider, count(*) AS number '
        f"FROM {rows_of(measure.of)} JOIN asked ON year(day) = year "
        f'WHERE "{measure.provider}" IS NOT NULL GROUP BY ALL)'
    )


def _continuity(measure: Continuity) -> Statement:
    return ["total", "squares", "most"], (
        f"SELECT year, stratum, total, squares, most, count(*) AS times FROM (SELECT child, year, "
        f"sum(number) AS total, sum(number * number) AS squares, max(number) AS most FROM {_met(measure)} "
        f"GROUP BY ALL HAVING sum(number) >= {measure.at_least}) JOIN at_end USING (child, year) GROUP BY ALL"
    )


def _spread(measure: Spread) -> Statement:
    return ["different"], (
        f"SELECT year, stratum, different, count(*) AS times FROM (SELECT child, year, count(*) AS different "
        f"FROM {_met(measure)} GROUP BY ALL) JOIN at_end USING (child, year) {only(measure.among)} "
        f"GROUP BY ALL"
    )


STATEMENTS: Mapping[type, Callable[..., Statement]] = {
    ShareOfChildren: _share_of_children,
    ShareOfRows: _share_of_rows,
    Rate: _rate,
    Wait: _wait,
    Within: _wait,
    FollowedBy: _followed_by,
    ShareOfGroup: _share_of_group,
    ByAge: _by_age,
    AgeAtFirst: _age_at_first,
    StillWaiting: _still_waiting,
    ShareBefore: _share_before,
    Continuity: _continuity,
    Spread: _spread,
}
