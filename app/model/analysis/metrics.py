"""Figures from counts, by their published definitions, and how far they are from their targets."""

from __future__ import annotations

from typing import Literal

Better = Literal["higher", "lower"]


def net_promoter_score(promoters: int, passives: int, detractors: int) -> float | None:
    """NPS, −100 to 100: the share of promoters less that of detractors, in percent. None where nobody has answered.

    Promoters answer 9 or 10 out of 0 to 10, passives 7 or 8, detractors 0 to 6. Frederick F. Reichheld, "The One Number
    You Need to Grow", Harvard Business Review 81 (12), December 2003, pages 46 to 54.
    """
    answers = promoters + passives + detractors
    return 100.0 * (promoters - detractors) / answers if answers else None


def customer_satisfaction(satisfied: int, responses: int) -> float | None:
    """CSAT, 0 to 100: the percentage of all answers that are 4 or 5 out of 5, the "top two boxes".

    None where there is no answer, or fewer than are satisfied. Paul W. Farris et al., "Marketing Metrics", 2nd edition,
    Wharton School Publishing 2010, section 2.7, describes the measure and its top boxes.
    """
    return 100.0 * satisfied / responses if 0 < responses >= satisfied else None


def distance_to_target(current: float, target: float, better: Better) -> float:
    """How much is missing in the figure's own unit: above 0 there is some way to go, at 0 or below it is reached."""
    return target - current if better == "higher" else current - target
