"""What lanes, stages, steps and personas are called until somebody names them, in the language of their map.

Such names are printed like any other, so an Arabic map gets Arabic ones. In a language that is not here they are
English.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from app.model.fields import Measure
from app.model.lanes import lane_kind
from app.model.languages import in_language

Unnamed = Literal["stage", "step", "persona"]

_LANES: Final[dict[str, tuple[str, ...]]] = {
    "actions": ("Handlungen", "Actions", "Acciones", "الإجراءات", "क्रियाएँ", "行動"),
    "touchpoints": (
        "Kontaktpunkte", "Points de contact", "Puntos de contacto", "نقاط التواصل", "संपर्क बिंदु", "接点",
    ),
    "channels": ("Kanäle", "Canaux", "Canales", "القنوات", "माध्यम", "チャネル"),
    "thoughts": ("Gedanken", "Pensées", "Pensamientos", "الأفكار", "विचार", "思考"),
    "emotion": ("Emotion", "Émotion", "Emoción", "المشاعر", "भावना", "感情"),
    "expectation": ("Erwartung", "Attente", "Expectativa", "التوقعات", "अपेक्षा", "期待"),
    "importance": ("Wichtigkeit", "Importance", "Importancia", "الأهمية", "महत्व", "重要度"),
    "effort": ("Aufwand", "Effort", "Esfuerzo", "الجهد", "प्रयास", "労力"),
    "pain_points": ("Schmerzpunkte", "Points de douleur", "Puntos de dolor", "نقاط الألم", "परेशानियाँ", "困りごと"),
    "opportunities": ("Chancen", "Opportunités", "Oportunidades", "الفرص", "अवसर", "機会"),
    "insights": ("Erkenntnisse", "Enseignements", "Hallazgos", "الاستنتاجات", "सीख", "気づき"),
    "metrics": ("Kennzahlen", "Indicateurs", "Métricas", "المؤشرات", "माप", "指標"),
    "images": ("Storyboard", "Storyboard", "Guion gráfico", "لوحة القصة", "चित्रकथा", "ストーリーボード"),
    "frontstage": (
        "Frontstage", "Avant-scène", "En escena", "أمام العميل", "ग्राहक के सामने", "フロントステージ",
    ),
    "backstage": (
        "Backstage", "Arrière-scène", "Entre bastidores", "خلف الكواليس", "परदे के पीछे", "バックステージ",
    ),
    "support": (
        "Unterstützende Prozesse", "Processus de soutien", "Procesos de apoyo", "العمليات المساندة",
        "सहायक प्रक्रियाएँ", "サポートプロセス",
    ),
    "evidence": (
        "Physische Belege", "Preuves matérielles", "Evidencia física", "الأدلة المادية", "भौतिक साक्ष्य", "物的証拠",
    ),
    "questions": ("Fragen", "Questions", "Preguntas", "الأسئلة", "प्रश्न", "疑問"),
    "notes": ("Notizen", "Notes", "Notas", "الملاحظات", "टिप्पणियाँ", "メモ"),
}  # fmt: skip
"""Of each kind of lane, in all languages but English: there it is the label of the kind."""

_NEW: Final[dict[Unnamed, tuple[str, ...]]] = {
    "stage": (
        "New stage", "Neue Phase", "Nouvelle étape", "Nueva etapa", "مرحلة جديدة", "नया चरण", "新しい段階",
    ),
    "step": (
        "New step", "Neuer Schritt", "Nouvelle sous-étape", "Nuevo paso", "خطوة جديدة", "नया कदम", "新しいステップ",
    ),
    "persona": (
        "New persona", "Neue Persona", "Nouveau persona", "Nueva persona", "شخصية جديدة", "नया पर्सोना",
        "新しいペルソナ",
    ),
}  # fmt: skip
"""In all languages."""


def lane_name(kind: str, language: str) -> str:
    """What a lane of a kind is called in a language, given by its BCP 47 tag."""
    known = lane_kind(kind)
    return in_language(language, (known.label, *_LANES[known.id]))


def names_kind(title: str, kind: str) -> bool:
    """Whether a title says no more of a lane than of which kind it is, in whatever language."""
    known = lane_kind(kind)
    return title in (known.label, *_LANES[known.id])


def measure_name(measure: Measure, language: str) -> str:
    """What is measured by a curve: as the lanes that are there for it are called."""
    return lane_name(measure, language)


def new_name(what: Unnamed, language: str) -> str:
    """What something new is called in a language."""
    return in_language(language, _NEW[what])


@cache
def new_names() -> frozenset[str]:
    """What something new is called, in all languages."""
    return frozenset(name for names in _NEW.values() for name in names)
