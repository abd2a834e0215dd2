"""Files that are fetched and kept."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'at_provider'")
ONE_OWNER = (
    "(participant_id IS NULL) = (message_id IS NULL) AND (message_id IS NULL) <> (report_message_id IS NULL)"
)
NEW = ("stored", "thumbnail", "report_message_id")


def upgrade() -> None:
    with op.batch_alter_table("files") as table:
        table.alter_column("participant_id", existing_type=sa.String(), nullable=True)
        table.alter_column("message_id", existing_type=sa.String(), nullable=True)
        table.add_column(sa.Column("report_message_id", sa.String(), nullable=True))
        table.add_column(sa.Column("account_id", sa.String(), nullable=True))
        table.add_column(sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("stored", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("thumbnail", sa.String(), nullable=False, server_default=""))
    for column, told in (
        ("account_id", "account_id"),
        ("arrived_at", "received_at"),
        ("due_at", "received_at"),
    ):
        op.execute(
            f"UPDATE files SET {column} = "  # noqa: S608 - the names of columns, from here
            f"(SELECT {told} FROM messages_in WHERE messages_in.id = files.message_id)"
        )
    with op.batch_alter_table("files") as table:
        for column in ("account_id", "arrived_at", "due_at"):
            kind = sa.String() if column == "account_id" else sa.DateTime(timezone=True)
            table.alter_column(column, existing_type=kind, nullable=False)
        table.create_foreign_key("fk_files_account_id", "channel_accounts", ["account_id"], ["id"])
        table.create_foreign_key(
            "fk_files_report_message_id", "report_messages", ["report_message_id"], ["id"], ondelete="CASCADE"
        )
        table.create_check_constraint("of_a_person_or_a_report", ONE_OWNER)
    for column in NEW:
        op.create_index(f"ix_files_{column}", "files", [column])
    op.create_index("ix_files_due", "files", ["due_at"], postgresql_where=WAITING, sqlite_where=WAITING)


def downgrade() -> None:
    op.execute("DELETE FROM files WHERE report_message_id IS NOT NULL")
    op.execute("UPDATE files SET state = 'at_provider'")
    op.drop_index("ix_files_due", "files")
    for column in NEW:
        op.drop_index(f"ix_files_{column}", "files")
    with op.batch_alter_table("files") as table:
        table.drop_constraint("of_a_person_or_a_report", type_="check")
        table.drop_constraint("fk_files_report_message_id", type_="foreignkey")
        table.drop_constraint("fk_files_account_id", type_="foreignkey")
        for column in (*NEW, "account_id", "arrived_at", "due_at", "attempts"):
            table.drop_column(column)
        table.alter_column("participant_id", existing_type=sa.String(), nullable=False)
        table.alter_column("message_id", existing_type=sa.String(), nullable=False)
