"""Addresses that several logbooks share."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _aliases(("blind", "address_id"), "SELECT blind, address_id FROM")
    op.add_column("addresses", sa.Column("chat_heard_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_addresses_one_per_chat", "addresses", ["participant_id", "chat"], unique=True)
    op.create_table(
        "chat_holds",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=True),
        sa.Column("newcomer", sa.Boolean(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["holder_id"], ["participants.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("chat"),
    )
    for column in ("holder_id", "asked_at"):
        op.create_index(f"ix_chat_holds_{column}", "chat_holds", [column])
    with op.batch_alter_table("button_tokens") as table:
        table.add_column(sa.Column("participant_id", sa.String(), nullable=True))
        table.create_foreign_key(
            "fk_button_tokens_participant_id",
            "participants",
            ["participant_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_index("ix_button_tokens_participant_id", ["participant_id"])


def downgrade() -> None:
    with op.batch_alter_table("button_tokens") as table:
        table.drop_index("ix_button_tokens_participant_id")
        table.drop_constraint("fk_button_tokens_participant_id", type_="foreignkey")
        table.drop_column("participant_id")
    op.drop_table("chat_holds")
    with op.batch_alter_table("addresses") as table:
        table.drop_index("ix_addresses_one_per_chat")
        table.drop_column("chat_heard_at")
    # one address keeps a name that several share
    _aliases(("blind",), "SELECT blind, MIN(address_id) AS address_id FROM")


def _aliases(key: tuple[str, ...], chosen: str) -> None:
    """Make the table anew with this primary key and the chosen rows."""
    group = " GROUP BY blind" if len(key) == 1 else ""
    op.execute(f"CREATE TABLE kept_aliases AS {chosen} address_aliases{group}")
    op.drop_table("address_aliases")
    op.create_table(
        "address_aliases",
        sa.Column("blind", sa.String(), nullable=False),
        sa.Column("address_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*key),
    )
    op.create_index("ix_address_aliases_address_id", "address_aliases", ["address_id"])
    op.execute("INSERT INTO address_aliases (blind, address_id) SELECT blind, address_id FROM kept_aliases")
    op.drop_table("kept_aliases")
