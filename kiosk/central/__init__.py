"""The centre's PostgreSQL: how it is installed, what it keeps, and what each login may call."""
