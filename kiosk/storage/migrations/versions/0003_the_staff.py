"""The staff, and what they do"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("switched_off", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("folded_name", name=op.f("uq_account_folded_name")),
    )
    op.create_table(
        "half_done",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_half_done")),
    )
    op.create_table(
        "wrong_pin",
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("monotonic_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("folded_name", "place", name=op.f("pk_wrong_pin")),
    )
    for name, kind, default in (
        ("kpj", sa.Text(), ""),
        ("rejected_because", sa.Text(), ""),
        ("batch", sa.Integer(), "0"),
    ):
        op.add_column("registration", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_index(
        "ix_registration_kpj",
        "registration",
        ["kpj"],
        unique=True,
        sqlite_where=sa.text("kpj <> ''"),
    )
    op.create_index("ix_registration_status", "registration", ["status", "registered_at"])
    op.create_index("ix_registration_registered_at", "registration", ["registered_at"])
    op.create_index(
        "ix_registration_nik_to_be_looked_at",
        "registration",
        ["registered_at"],
        sqlite_where=sa.text("nik_warnings <> '' AND status = 'registered'"),
    )
    op.create_index(
        "ix_registration_batch",
        "registration",
        ["batch", "number"],
        sqlite_where=sa.text("batch <> 0"),
    )
    op.create_index(
        "ix_registration_nik_handed_over",
        "registration",
        ["nik"],
        sqlite_where=sa.text("batch <> 0"),
    )
    op.create_index(
        "ix_print_job_not_out",
        "print_job",
        ["changed_at"],
        sqlite_where=sa.text("state IN ('owed', 'rendering', 'filed', 'failed')"),
    )
    op.create_index(
        "ix_print_job_failed",
        "print_job",
        ["changed_at"],
        sqlite_where=sa.text("state = 'failed'"),
    )
    for name in ("actor", "details", "link"):
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_audit_registration_id", "audit", ["registration_id"])
    _chain_the_audit()
    op.create_table(
        "correction",
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_correction_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "revision", name=op.f("pk_correction")),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("first_month", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_payment_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "registration_id", "first_month", name=op.f("uq_payment_registration_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "batch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_batch")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dinas", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nik", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sqlite_autoincrement=True,
    )
    for name, columns, where in (
        ("ix_invitation_nik", ["dinas", "nik"], "nik <> ''"),
        ("ix_invitation_name", ["dinas", "name", "phone"], "nik = ''"),
    ):
        op.create_index(name, "invitation", columns, unique=True, sqlite_where=sa.text(where))
    _rights_of_the_person()


def _rights_of_the_person() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rights_request_registration_id", "rights_request", ["registration_id"])
    is_open = sa.text("state = 'open'")
    op.create_index("ix_rights_request_due_at", "rights_request", ["due_at"], sqlite_where=is_open)
    op.create_index(
        "ix_rights_request_once",
        "rights_request",
        ["registration_id", "asked_for"],
        unique=True,
        sqlite_where=is_open,
    )
    op.create_table(
        "erased",
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kiosk_number", sa.Text(), nullable=False),
        sa.Column("incarnation", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_erased")),
        sa.UniqueConstraint("number", name=op.f("uq_erased_number")),
        sa.UniqueConstraint("incarnation", "counter", name=op.f("uq_erased_incarnation")),
    )
    # The outbox outlives the registration that it tells the centre to erase.
    autoincrement = {"sqlite_autoincrement": True}
    with op.batch_alter_table("outbox", recreate="always", table_kwargs=autoincrement) as batch:
        batch.drop_constraint(op.f("fk_outbox_registration_id"), type_="foreignkey")


# audit_link() is kiosk.domain.audit.link, which the engine lends to every connection; 0007
# gives the chain a key.
LINK = """
    UPDATE audit SET link = audit_link(
        coalesce((SELECT b.link FROM audit b WHERE b.seq < {seq} ORDER BY b.seq DESC LIMIT 1), ''),
        at, event, registration_id, actor, details
    ) WHERE seq = {seq};
"""


def _chain_the_audit() -> None:
    connection = op.get_bind()
    for (seq,) in connection.exec_driver_sql("SELECT seq FROM audit ORDER BY seq").all():
        connection.exec_driver_sql(LINK.format(seq=int(seq)))
    op.execute(
        f"CREATE TRIGGER audit_link AFTER INSERT ON audit BEGIN {LINK.format(seq='NEW.seq')} END"
    )
