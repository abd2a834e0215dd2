"""Check-ins that were put off or brought back to mind; what was sent before is not reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_planned_contacts_due"
BEFORE = sa.text("state = 'planned'")
AHEAD = sa.text("state IN ('planned', 'snoozed')")
UNANSWERED = sa.text("state IN ('sent', 'reminded')")


def upgrade() -> None:
    with op.batch_alter_table("planned_contacts") as table:
        table.add_column(sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
        table.drop_index(NAME, postgresql_where=BEFORE, sqlite_where=BEFORE)
        table.create_index(NAME, ["due_at"], postgresql_where=AHEAD, sqlite_where=AHEAD)
        table.create_index(
            "ix_planned_contacts_remind", ["remind_at"], postgresql_where=UNANSWERED, sqlite_where=UNANSWERED
        )


def downgrade() -> None:
    op.execute("UPDATE planned_contacts SET state = 'planned' WHERE state = 'snoozed'")
    op.execute("UPDATE planned_contacts SET state = 'sent' WHERE state = 'reminded'")
    with op.batch_alter_table("planned_contacts") as table:
        table.drop_index("ix_planned_contacts_remind")
        table.drop_index(NAME, postgresql_where=AHEAD, sqlite_where=AHEAD)
        table.drop_column("remind_at")
        table.create_index(NAME, ["due_at"], postgresql_where=BEFORE, sqlite_where=BEFORE)
