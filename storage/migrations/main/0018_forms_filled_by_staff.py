"""Forms that staff fill in for someone."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("submissions", "milestones")


def upgrade() -> None:
    op.create_table(
        "desk_forms",
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("participant_id"),
    )
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("recorded_by", sa.String(), nullable=True))
            table.create_foreign_key(f"fk_{name}_recorded_by", "staff", ["recorded_by"], ["id"])


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(f"fk_{name}_recorded_by", type_="foreignkey")
            table.drop_column("recorded_by")
    op.drop_table("desk_forms")
