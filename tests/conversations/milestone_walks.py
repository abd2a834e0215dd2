"""How each form of a step is answered, and the milestone that should come of it."""

# By form: a label, what is said (None: skipped) in French, what is recorded.
WALKS: dict[str, list[tuple[str, list[str | None], dict[str, str]]]] = {
    "milestone-training": [
        (
            "planned",
            ["C'est prévu", "12/01/2027", "Couture", None],
            {"stage": "planned", "started_on": "2027-01-12", "occupation": "Couture"},
        ),
        (
            "started",
            ["J'ai commencé", "12/01/2026", "Couture", "Salé"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Couture", "employer": "Salé"},
        ),
        (
            "completed",
            ["C'est terminé", "12/01/2026", "30/06/2026", "Couture", None, "oui"],
            {
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
                "certificate": "yes",
            },
        ),
        (
            "stopped",
            ["4", "12/01/2026", "30/06/2026", "Couture", None],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
            },
        ),
    ],
    "milestone-internship": [
        (
            "started",
            ["J'ai commencé", "12/01/2026", "Cuisine", "Rabat"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Cuisine", "employer": "Rabat"},
        ),
        (
            "completed",
            ["C'est terminé", "12/01/2026", "30/06/2026", "Cuisine", None],
            {
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Cuisine",
            },
        ),
    ],
    "milestone-job-search": [
        (
            "cv",
            ["Mon CV est prêt", "12/01/2026", "Livraison"],
            {"step": "cv_ready", "started_on": "2026-01-12", "occupation": "Livraison", "stage": "started"},
        ),
        (
            "anapec",
            ["Inscription à l'ANAPEC", "12/01/2026", None],
            {"step": "registered_anapec", "started_on": "2026-01-12", "stage": "started"},
        ),
        (
            "interview",
            ["4", "12/01/2026", None, "Kénitra"],
            {"step": "interview", "started_on": "2026-01-12", "employer": "Kénitra", "stage": "started"},
        ),
        (
            "offer",
            ["J'ai reçu une offre", "12/01/2026", "Livraison", None],
            {
                "step": "offer",
                "started_on": "2026-01-12",
                "occupation": "Livraison",
                "stage": "completed",
                "ended_on": "2026-01-12",
            },
        ),
    ],
    "milestone-job": [
        (
            "started",
            ["1", "12/01/2026", "Couture", None, None],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Couture"},
        ),
        (
            "stopped",
            ["3", "12/01/2026", "30/06/2026", "Couture", "Salé", "intérim"],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couture",
                "employer": "Salé",
                "contract": "temporary",
            },
        ),
    ],
    "milestone-business": [
        (
            "idea",
            ["C'est une idée", "12/01/2026", "Couscous", None],
            {
                "business_stage": "idea",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "stage": "planned",
            },
        ),
        (
            "plan",
            ["2", "12/01/2026", "Couscous", None, None],
            {
                "business_stage": "plan",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "stage": "planned",
            },
        ),
        (
            "registered",
            ["Elle est déclarée", "12/01/2026", "Couscous", "Auto-entrepreneur", "Chez Nour"],
            {
                "business_stage": "registered",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "business_form": "auto_entrepreneur",
                "employer": "Chez Nour",
                "stage": "started",
            },
        ),
        (
            "first sale",
            ["J'ai fait une vente", "12/01/2026", "Couscous", "Pas encore déclarée", None],
            {
                "business_stage": "first_sale",
                "started_on": "2026-01-12",
                "occupation": "Couscous",
                "business_form": "not_registered",
                "stage": "started",
            },
        ),
        (
            "closed",
            ["Elle est arrêtée", "12/01/2026", "30/06/2026", "Couscous", None, None],
            {
                "business_stage": "closed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Couscous",
                "stage": "stopped",
            },
        ),
    ],
    "milestone-cooperative": [
        (
            "member",
            ["Je suis membre", "12/01/2026", "Argan", "Salé"],
            {"stage": "started", "started_on": "2026-01-12", "occupation": "Argan", "employer": "Salé"},
        ),
        (
            "project",
            ["C'est un projet", "12/01/2027", "Argan", None],
            {"stage": "planned", "started_on": "2027-01-12", "occupation": "Argan"},
        ),
        (
            "left",
            ["J'ai quitté", "12/01/2026", "30/06/2026", "Argan", None],
            {
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "occupation": "Argan",
            },
        ),
    ],
    "milestone-administrative": [
        (
            "begun",
            ["Compte bancaire", "La demande est en cours", "12/01/2026"],
            {"matter": "bank_account", "stage": "started", "started_on": "2026-01-12"},
        ),
        (
            "obtained",
            ["Permis de conduire", "C'est obtenu", "12/01/2026", "30/06/2026"],
            {
                "matter": "driving_licence",
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
            },
        ),
    ],
    "milestone-language-course": [
        (
            "started",
            ["Darija", "J'ai commencé", "12/01/2026", None, "Débutant"],
            {
                "course_language": "darija",
                "stage": "started",
                "started_on": "2026-01-12",
                "level": "beginner",
            },
        ),
        (
            "completed",
            ["Français", "C'est terminé", "12/01/2026", "30/06/2026", "Temara", None],
            {
                "course_language": "french",
                "stage": "completed",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "employer": "Temara",
            },
        ),
    ],
    "milestone-other": [
        (
            "started",
            ["Bénévolat", "J'ai commencé", "12/01/2026", None],
            {"occupation": "Bénévolat", "stage": "started", "started_on": "2026-01-12"},
        ),
        (
            "stopped",
            ["Bénévolat", "4", "12/01/2026", "30/06/2026", "Rabat"],
            {
                "occupation": "Bénévolat",
                "stage": "stopped",
                "started_on": "2026-01-12",
                "ended_on": "2026-06-30",
                "employer": "Rabat",
            },
        ),
    ],
}
