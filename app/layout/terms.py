"""What the program explains on a map beside the map's own texts: names of badges, of a persona's parts, of the legend.

In all `LANGUAGES`; English for the rest.
"""

from __future__ import annotations

from functools import partial

from app.model.languages import Say, in_language

_TERMS: dict[str, tuple[str, ...]] = {
    # The head of the sheet
    "objective": ("Objective", "Ziel", "Objectif", "Objetivo", "الهدف", "उद्देश्य", "目的"),
    "scope": ("Scope", "Umfang", "Périmètre", "Alcance", "النطاق", "दायरा", "範囲"),
    "scenario": ("Scenario", "Szenario", "Scénario", "Escenario", "السيناريو", "परिदृश्य", "シナリオ"),
    "review_was_due": (
        "Review was due on {}", "Prüfung war fällig am {}", "Révision prévue le {}, dépassée",
        "La revisión vencía el {}", "كان موعد المراجعة {}", "समीक्षा {} को होनी थी", "見直し期限（{}）を過ぎています",
    ),
    "and_more": (
        "and {} more", "und {} weitere", "et {} autres", "y {} más", "و{} آخرون", "और {} अन्य", "ほか{}名",
    ),
    "goals": ("Goals", "Ziele", "Buts", "Metas", "الأهداف", "लक्ष्य", "目標"),
    "motivations": ("Motivations", "Motive", "Motivations", "Motivaciones", "الدوافع", "प्रेरणाएँ", "動機"),
    "pain_points": (
        "Pain points", "Schmerzpunkte", "Points de douleur", "Puntos de dolor", "نقاط الألم", "परेशानियाँ", "困りごと",
    ),
    "demographics": ("Demographics", "Demografie", "Profil", "Datos", "بيانات", "परिचय", "属性"),
    "channels": (
        "Preferred channels", "Bevorzugte Kanäle", "Canaux préférés", "Canales preferidos", "القنوات المفضلة",
        "पसंदीदा माध्यम", "好む接点",
    ),
    # Badges
    "assumption": ("Assumption", "Annahme", "Hypothèse", "Suposición", "افتراض", "अनुमान", "仮説"),
    "partly": (
        "Partly evidenced", "Teils belegt", "En partie étayé", "Probado en parte", "مثبت جزئيًا", "आंशिक प्रमाण",
        "一部裏付けあり",
    ),
    "evidenced": ("Evidenced", "Belegt", "Étayé", "Probado", "مثبت", "प्रमाणित", "裏付けあり"),
    "sources": (
        "Sources cited", "Zitierte Quellen", "Sources citées", "Fuentes citadas", "المصادر المذكورة", "उद्धृत स्रोत",
        "出典の数",
    ),
    "moment_of_truth": (
        "Moment of truth", "Moment der Wahrheit", "Moment de vérité", "Momento de la verdad", "لحظة الحقيقة",
        "निर्णायक क्षण", "真実の瞬間",
    ),
    "importance": ("Importance", "Wichtigkeit", "Importance", "Importancia", "الأهمية", "महत्व", "重要度"),
    "satisfaction": ("Satisfaction", "Zufriedenheit", "Satisfaction", "Satisfacción", "الرضا", "संतुष्टि", "満足度"),
    "duration": ("Duration", "Dauer", "Durée", "Duración", "المدة", "अवधि", "所要時間"),
    "owner": ("Owner", "Verantwortlich", "Responsable", "Responsable", "المسؤول", "ज़िम्मेदार", "担当"),
    "score": (
        "Severity × frequency", "Schwere × Häufigkeit", "Gravité × fréquence", "Gravedad × frecuencia",
        "الشدة × التكرار", "गंभीरता × आवृत्ति", "深刻度 × 頻度",
    ),
    "severity": ("Severity", "Schwere", "Gravité", "Gravedad", "الشدة", "गंभीरता", "深刻度"),
    "frequency": ("Frequency", "Häufigkeit", "Fréquence", "Frecuencia", "التكرار", "आवृत्ति", "頻度"),
    "votes": ("Votes", "Stimmen", "Votes", "Votos", "الأصوات", "वोट", "投票"),
    "impact": ("Impact", "Wirkung", "Impact", "Impacto", "الأثر", "प्रभाव", "効果"),
    "effort": ("Effort", "Aufwand", "Effort", "Esfuerzo", "الجهد", "प्रयास", "労力"),
    "confidence": ("Confidence", "Sicherheit", "Confiance", "Confianza", "الثقة", "भरोसा", "確信度"),
    "planned": ("Planned", "Geplant", "Prévu", "Planificado", "مخطط", "नियोजित", "予定"),
    "in_progress": ("In progress", "In Arbeit", "En cours", "En curso", "قيد التنفيذ", "जारी", "進行中"),
    "done": ("Done", "Erledigt", "Fait", "Hecho", "منجز", "पूर्ण", "完了"),
    "dropped": ("Dropped", "Verworfen", "Abandonné", "Descartado", "ملغى", "छोड़ा गया", "取りやめ"),
    # Comments
    "comments": ("Comments", "Kommentare", "Commentaires", "Comentarios", "التعليقات", "टिप्पणियाँ", "コメント"),
    "resolved": ("resolved", "erledigt", "résolu", "resuelto", "تمت معالجته", "हल हुआ", "解決済み"),
    # Tables
    "action_plan": (
        "Action plan", "Maßnahmenplan", "Plan d’action", "Plan de acción", "خطة العمل", "कार्य योजना", "行動計画",
    ),
    "strategy": ("Strategy", "Strategie", "Stratégie", "Estrategia", "الاستراتيجية", "रणनीति", "戦略"),
    "focus_area": (
        "Focus area", "Schwerpunkt", "Axe prioritaire", "Área de enfoque", "مجال التركيز", "मुख्य क्षेत्र", "重点領域",
    ),
    "expected_outcome": (
        "Expected outcome", "Erwartetes Ergebnis", "Résultat attendu", "Resultado esperado", "النتيجة المتوقعة",
        "अपेक्षित परिणाम", "期待される成果",
    ),
    "due": ("Due", "Fällig", "Échéance", "Plazo", "الموعد", "नियत तिथि", "期限"),
    "status": ("Status", "Status", "Statut", "Estado", "الحالة", "स्थिति", "状況"),
    "cards": ("On the map", "Auf der Karte", "Sur la carte", "En el mapa", "على الخريطة", "नक्शे पर", "マップ上"),
    "feedback_log": (
        "Feedback log", "Rückmeldungen", "Retours", "Registro de comentarios", "سجل الملاحظات", "प्रतिक्रियाएँ",
        "フィードバック記録",
    ),
    "date": ("Date", "Datum", "Date", "Fecha", "التاريخ", "तारीख", "日付"),
    "source": ("Source", "Quelle", "Source", "Fuente", "المصدر", "स्रोत", "出典"),
    "insight_gained": (
        "Insight gained", "Erkenntnis", "Enseignement", "Hallazgo", "ما تعلمناه", "सीख", "得られた気づき",
    ),
    "action_step": (
        "Action step", "Nächster Schritt", "Action à mener", "Acción", "الإجراء", "अगला कदम", "次の一手",
    ),
    "stage_analysis": (
        "Stage analysis", "Phasenanalyse", "Analyse des étapes", "Análisis de etapas", "تحليل المراحل", "चरण विश्लेषण",
        "段階別分析",
    ),
    "stage": ("Stage", "Phase", "Étape", "Etapa", "المرحلة", "चरण", "段階"),
    "key_insights": (
        "Key insights", "Wichtigste Erkenntnisse", "Enseignements clés", "Hallazgos clave", "أهم الاستنتاجات",
        "मुख्य निष्कर्ष", "主な気づき",
    ),
    "behaviours": (
        "Behaviour indicators", "Verhaltensindikatoren", "Indicateurs de comportement", "Indicadores de conducta",
        "مؤشرات السلوك", "व्यवहार संकेतक", "行動指標",
    ),
    # Figures
    "target": ("Target {}", "Ziel {}", "Cible {}", "Meta {}", "المستهدف {}", "लक्ष्य {}", "目標 {}"),
    "to_go": ("{} to go", "noch {}", "encore {}", "faltan {}", "باقٍ {}", "{} बाकी", "あと{}"),
    "point": ("{} point", "{} Punkt", "{} point", "{} punto", "{} نقطة", "{} अंक", "{}ポイント"),
    "points": ("{} points", "{} Punkte", "{} points", "{} puntos", "{} نقطة", "{} अंक", "{}ポイント"),
    "reached": (
        "target reached", "Ziel erreicht", "cible atteinte", "meta alcanzada", "تحقق الهدف", "लक्ष्य पूरा", "達成",
    ),
    "metric_retention": (
        "Retention", "Bindung", "Rétention", "Retención", "الاحتفاظ بالعملاء", "ग्राहक बने रहना", "継続率",
    ),
    "metric_conversion": (
        "Conversion", "Konversion", "Conversion", "Conversión", "معدل التحويل", "रूपांतरण", "コンバージョン率",
    ),
    "metric_churn": (
        "Churn", "Abwanderung", "Attrition", "Abandono", "فقدان العملاء", "ग्राहक छूटना", "解約率",
    ),
    "metric_drop_off": (
        "Drop-off", "Abbruch", "Abandon en cours", "Deserción", "التوقف قبل الإتمام", "बीच में छोड़ना", "離脱率",
    ),
    "metric_time": ("Time", "Zeit", "Temps", "Tiempo", "الوقت", "समय", "時間"),
    "metric_money": ("Money", "Geld", "Argent", "Dinero", "المال", "राशि", "金額"),
    # Channels, by their ids
    "online": ("online", "online", "en ligne", "en línea", "عبر الإنترنت", "ऑनलाइन", "オンライン"),
    "offline": ("offline", "offline", "hors ligne", "presencial", "خارج الإنترنت", "ऑफ़लाइन", "オフライン"),
    "channel_website": ("Website", "Website", "Site web", "Sitio web", "الموقع الإلكتروني", "वेबसाइट", "ウェブサイト"),
    "channel_search": ("Search", "Suche", "Recherche", "Buscador", "محرك البحث", "खोज", "検索"),
    "channel_social_media": (
        "Social media", "Soziale Medien", "Réseaux sociaux", "Redes sociales", "وسائل التواصل", "सोशल मीडिया", "SNS",
    ),
    "channel_email": (
        "E-mail", "E-Mail", "E-mail", "Correo electrónico", "البريد الإلكتروني", "ईमेल", "メール",
    ),
    "channel_app": ("App", "App", "Appli", "App", "التطبيق", "ऐप", "アプリ"),
    "channel_chat": ("Chat", "Chat", "Chat", "Chat", "الدردشة", "चैट", "チャット"),
    "channel_phone": ("Phone", "Telefon", "Téléphone", "Teléfono", "الهاتف", "फ़ोन", "電話"),
    "channel_support": (
        "Support", "Kundendienst", "Assistance", "Soporte", "الدعم", "ग्राहक सहायता", "サポート",
    ),
    "channel_store": ("Store", "Geschäft", "Magasin", "Tienda", "المتجر", "दुकान", "店舗"),
    "channel_sales_person": (
        "Sales person", "Verkäufer", "Vendeur", "Vendedor", "مندوب المبيعات", "विक्रेता", "営業担当者",
    ),
    "channel_event": ("Event", "Veranstaltung", "Événement", "Evento", "الفعالية", "कार्यक्रम", "イベント"),
    "channel_advert": ("Advert", "Werbung", "Publicité", "Anuncio", "الإعلان", "विज्ञापन", "広告"),
    "channel_word_of_mouth": (
        "Word of mouth", "Empfehlung", "Bouche-à-oreille", "Boca a boca", "التوصية الشفهية", "मुँहज़बानी", "口コミ",
    ),
    "channel_post": ("Post", "Post", "Courrier", "Correo postal", "البريد", "डाक", "郵便"),
    "channel_invoice": ("Invoice", "Rechnung", "Facture", "Factura", "الفاتورة", "बिल", "請求書"),
    "channel_review_site": (
        "Review site", "Bewertungsportal", "Site d’avis", "Web de reseñas", "موقع التقييمات", "समीक्षा साइट",
        "口コミサイト",
    ),
    # The line under a poster
    "landscape": ("landscape", "Querformat", "paysage", "horizontal", "أفقي", "आड़ा", "横"),
    "portrait": ("portrait", "Hochformat", "portrait", "vertical", "عمودي", "खड़ा", "縦"),
    # The legend
    "legend": ("Legend", "Legende", "Légende", "Leyenda", "مفتاح الرموز", "संकेत", "凡例"),
    "for_persona": (
        "Only for {}", "Nur für {}", "Pour {} seulement", "Solo para {}", "لـ {} فقط", "केवल {} के लिए", "{}のみ",
    ),
    "curve_assumed": (
        "Curve: assumption", "Kurve: Annahme", "Courbe : hypothèse", "Curva: suposición", "منحنى: افتراض",
        "वक्र: अनुमान", "曲線：仮説",
    ),
    # Comparing two states
    "changes": ("Changes", "Änderungen", "Changements", "Cambios", "التغييرات", "परिवर्तन", "変更点"),
    "added": ("Added", "Neu", "Ajouté", "Añadido", "مضاف", "जोड़ा गया", "追加"),
    "removed": ("Removed", "Entfernt", "Supprimé", "Eliminado", "محذوف", "हटाया गया", "削除"),
    "changed": ("Changed", "Geändert", "Modifié", "Cambiado", "معدّل", "बदला गया", "変更"),
    "moved": ("Moved", "Verschoben", "Déplacé", "Movido", "منقول", "स्थानांतरित", "移動"),
    "kind_action": ("Action", "Handlung", "Action", "Acción", "إجراء", "क्रिया", "行動"),
    "kind_touchpoint": (
        "Touchpoint", "Kontaktpunkt", "Point de contact", "Punto de contacto", "نقطة تواصل", "संपर्क बिंदु", "接点",
    ),
    "kind_thought": ("Thought", "Gedanke", "Pensée", "Pensamiento", "فكرة", "विचार", "思考"),
    "quote": ("Quote", "Zitat", "Citation", "Cita", "اقتباس", "उद्धरण", "発言"),
    "kind_pain_point": (
        "Pain point", "Schmerzpunkt", "Point de douleur", "Punto de dolor", "نقطة ألم", "परेशानी", "困りごと",
    ),
    "kind_opportunity": ("Opportunity", "Chance", "Opportunité", "Oportunidad", "فرصة", "अवसर", "機会"),
    "kind_insight": ("Insight", "Erkenntnis", "Enseignement", "Hallazgo", "استنتاج", "सीख", "気づき"),
    "kind_metric": ("Metric", "Kennzahl", "Indicateur", "Métrica", "مؤشر", "माप", "指標"),
    "kind_image": ("Image", "Bild", "Image", "Imagen", "صورة", "चित्र", "画像"),
    "kind_question": ("Question", "Frage", "Question", "Pregunta", "سؤال", "प्रश्न", "疑問"),
    "kind_note": ("Note", "Notiz", "Note", "Nota", "ملاحظة", "टिप्पणी", "メモ"),
}  # fmt: skip


def term(language: str, key: str, otherwise: str = "") -> str:
    """A term by its key in the language of a BCP 47 tag; `otherwise` where no key is like that."""
    terms = _TERMS.get(key)
    if terms is None:
        return otherwise
    return in_language(language, terms)


def speech(language: str) -> Say:
    """The terms of a language, for what the model words itself."""
    return partial(term, language)
