"""The staff's use cases; every one checks what the account may do, and says so if it may not."""
