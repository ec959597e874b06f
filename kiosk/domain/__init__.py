"""The rules of the registration: pure and frozen, standard library only."""
