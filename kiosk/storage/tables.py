"""The tables of the kiosk's own record. Times are UTC as ISO text with their offset."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

# The indexes with these conditions are used only by a query that says them in the same words.
IN_FORCE = text("status NOT IN ('void', 'rejected')")
OUT_OF_FORCE = text("status IN ('void', 'rejected')")
NIK_TO_BE_LOOKED_AT = text("nik_warnings <> '' AND status = 'registered'")
SLIP_NOT_OUT = text(
    "state IN ('owed', 'rendering', 'sent', 'printing', 'unsure', 'filed', 'failed')"
)
SLIP_UNTOLD = text("told <> (state IN ('came_out', 'handed_over_otherwise'))")
SLIP_MISSED = text("state IN ('failed', 'unsure')")
# Likewise; a resident's registration is in no batch and costs these indexes nothing.
HANDED_OVER = text("batch <> 0")
WITH_NIK = text("nik <> ''")
WITHOUT_NIK = text("nik = ''")
ASKED = text("state = 'open'")

store_fact = Table(
    "store_fact",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

registration = Table(
    "registration",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("kiosk_number", Text, nullable=False),
    Column("incarnation", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("registered_at", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("consent_version", Text, nullable=False),
    Column("consent_language", Text, nullable=False),
    Column("consent_given_at", Text, nullable=False),
    Column("nik", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("nik_warnings", Text, nullable=False),
    Column("address_line", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("desa_code", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("phone_owner", Text, nullable=False),
    Column("segment_id", Text, nullable=False),
    Column("job_id", Text, nullable=False),
    Column("dinas", Text, nullable=False),
    Column("employs_people", Integer, nullable=False),
    Column("package", Text, nullable=False),
    Column("income_base", Integer, nullable=False),
    Column("tariff_version", Text, nullable=False),
    Column("quote_notes", Text, nullable=False),
    Column("this_month", Text, nullable=False),
    Column("next_month", Text, nullable=False),
    Column("declarations", Text, nullable=False),
    Column("language", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("birthplace", Text, nullable=False, server_default=""),
    Column("mother_name", Text, nullable=False, server_default=""),
    Column("work_place", Text, nullable=False, server_default=""),
    Column("second_segment_id", Text, nullable=False, server_default=""),
    Column("second_job_id", Text, nullable=False, server_default=""),
    Column("kpj", Text, nullable=False, server_default=""),
    Column("rejected_because", Text, nullable=False, server_default=""),
    Column("batch", Integer, nullable=False, server_default="0"),
    Column("flags", Text, nullable=False, server_default=""),
    UniqueConstraint("number"),
    UniqueConstraint("incarnation", "counter"),
    Index(
        "ix_registration_nik_in_force",
        "nik",
        unique=True,
        sqlite_where=IN_FORCE,
    ),
    Index("ix_registration_nik_out_of_force", "nik", sqlite_where=OUT_OF_FORCE),
    Index("ix_registration_kpj", "kpj", unique=True, sqlite_where=text("kpj <> ''")),
    Index("ix_registration_status", "status", "registered_at"),
    Index("ix_registration_registered_at", "registered_at"),
    Index(
        "ix_registration_nik_to_be_looked_at",
        "registered_at",
        sqlite_where=NIK_TO_BE_LOOKED_AT,
    ),
    Index("ix_registration_batch", "batch", "number", sqlite_where=HANDED_OVER),
    Index("ix_registration_nik_handed_over", "nik", sqlite_where=HANDED_OVER),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("registration_id", Text, nullable=False),
    Column("actor", Text, nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default=""),
    Column("link", Text, nullable=False, server_default=""),
    Index("ix_audit_registration_id", "registration_id"),
    sqlite_autoincrement=True,
)

# Heads of the chain over the audit that left this machine.
anchor = Table(
    "anchor",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("link", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

correction = Table(
    "correction",
    metadata,
    Column("registration_id", Text, ForeignKey("registration.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("before", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

payment = Table(
    "payment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("registration_id", Text, ForeignKey("registration.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("paid_on", Text, nullable=False),
    Column("first_month", Text, nullable=False),
    Column("months", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("registration_id", "first_month"),
    sqlite_autoincrement=True,
)

batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_autoincrement=True,
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dinas", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("nik", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("registration_id", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_invitation_nik", "dinas", "nik", unique=True, sqlite_where=WITH_NIK),
    Index("ix_invitation_name", "dinas", "name", "phone", unique=True, sqlite_where=WITHOUT_NIK),
    sqlite_autoincrement=True,
)

# No personal data in these two: they outlive an erasure.
rights_request = Table(
    "rights_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("registration_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("asked_for", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("closed_at", Text, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("batch", Integer, nullable=False),
    Index("ix_rights_request_registration_id", "registration_id"),
    Index("ix_rights_request_due_at", "due_at", sqlite_where=ASKED),
    Index(
        "ix_rights_request_once",
        "registration_id",
        "asked_for",
        unique=True,
        sqlite_where=ASKED,
    ),
    sqlite_autoincrement=True,
)

erased = Table(
    "erased",
    metadata,
    Column("registration_id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("kiosk_number", Text, nullable=False),
    Column("incarnation", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("registered_at", Text, nullable=False),
    Column("erased_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("because", Text, nullable=False, server_default="asked"),
    UniqueConstraint("number"),
    UniqueConstraint("incarnation", "counter"),
)

# Without a foreign key: the last row of a registration tells the centre that it was erased.
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("registration_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("registration_id", "revision"),
    sqlite_autoincrement=True,
)

# What the centre has committed: the revision that was handed in last, and its running number there.
receipt = Table(
    "receipt",
    metadata,
    Column("registration_id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("receipt", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_receipt_receipt", "receipt"),
)

# What the centre rejected: its row in the outbox waits until a later revision or a new try.
parked = Table(
    "parked",
    metadata,
    Column("registration_id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Changes made at the centre that do not fit what stands here: a person decides there.
incoming = Table(
    "incoming",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("registration_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("base_revision", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("decided", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_incoming_registration_id", "registration_id"),
)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("registration_id", Text, ForeignKey("registration.id"), nullable=False),
    Column("copy", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("hold", Text, nullable=False, server_default=""),
    Column("handle", Text, nullable=False, server_default=""),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("remark", Text, nullable=False, server_default=""),
    Column("told", Integer, nullable=False, server_default="0"),
    UniqueConstraint("registration_id", "copy"),
    Index("ix_print_job_untold", "registration_id", sqlite_where=SLIP_UNTOLD),
    Index("ix_print_job_not_out", "changed_at", sqlite_where=SLIP_NOT_OUT),
    Index("ix_print_job_missed", "changed_at", sqlite_where=SLIP_MISSED),
    sqlite_autoincrement=True,
)

# Counts of visits by day; nothing of a person. `seq` is that of the last visit counted.
funnel = Table(
    "funnel",
    metadata,
    Column("day", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("segment_id", Text, primary_key=True),
    Column("dinas", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("reached", Integer, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("given_up", Integer, nullable=False),
    Column("spent_ms", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Index("ix_funnel_seq", "seq"),
)

failed_proof = Table(
    "failed_proof",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("of", Text, nullable=False),
    Column("at", Text, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("switched_off", Integer, nullable=False),
    UniqueConstraint("folded_name"),
)

# What was changed on this kiosk's screen, as JSON; the last row of a key counts. `before` was in
# force; an empty `after` means that the layers below count again.
setting_change = Table(
    "setting_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Configurations of the kabupaten, base64 as they came; the highest version counts.
configuration = Table(
    "configuration",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("good", Integer, nullable=False),
)

# Orders of the kabupaten's admin; `result` is empty until one is carried out.
command = Table(
    "command",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("result", Text, nullable=False),
)

half_done = Table(
    "half_done",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("entered", Text, nullable=False),
    Column("at", Text, nullable=False),
)

wrong_pin = Table(
    "wrong_pin",
    metadata,
    Column("folded_name", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("boot", Text, nullable=False),
    Column("monotonic_ms", Integer, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("answers", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

# What changed, by the triggers of kiosk.storage.changes; the journal is written from it. A key is
# an id or a number. `mark` is random, and tells one history of the store from another. The last row
# always stays, so that no number is given twice.
change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("mark", Integer, nullable=False),
)
