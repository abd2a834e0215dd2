"""Logbooks that staff open: how a yes was said, minors, one-time codes; how people reach an association."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANNEL = sa.String(length=32)


def upgrade() -> None:
    op.add_column("organisations", sa.Column("contact", sa.String(), nullable=False, server_default=""))
    op.add_column("participants", sa.Column("guardian", sa.LargeBinary(), nullable=True))
    op.add_column("participants", sa.Column("minor_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("consents") as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=32), nullable=False, server_default="chat"))
        batch_op.add_column(sa.Column("witness_id", sa.String(), nullable=True))
        batch_op.alter_column("channel", existing_type=CHANNEL, nullable=True)
        batch_op.create_foreign_key("fk_consents_witness_id", "staff", ["witness_id"], ["id"])
    op.create_table(
        "entry_codes",
        sa.Column("blind", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("blind"),
    )
    op.create_index("ix_entry_codes_participant_id", "entry_codes", ["participant_id"])


def downgrade() -> None:
    op.drop_table("entry_codes")
    op.execute("DELETE FROM consents WHERE channel IS NULL")  # what was said aloud has no place there
    with op.batch_alter_table("consents") as batch_op:
        batch_op.drop_constraint("fk_consents_witness_id", type_="foreignkey")
        batch_op.alter_column("channel", existing_type=CHANNEL, nullable=False)
        batch_op.drop_column("witness_id")
        batch_op.drop_column("way")
    with op.batch_alter_table("participants") as batch_op:
        batch_op.drop_column("minor_until")
        batch_op.drop_column("guardian")
    with op.batch_alter_table("organisations") as batch_op:
        batch_op.drop_column("contact")
