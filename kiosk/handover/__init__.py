"""The counter's lists: to the branch of BPJS, its answer, and the people a dinas brings.

Only this package knows spreadsheets; what they say is judged in `kiosk.domain`.
"""
