"""What the desk's pages show and take: its session, the list, one record, and forms."""
