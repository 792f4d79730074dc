"""The market: shares of services rated Good or Outstanding by area, day and rule, and the council's own work beside.

It reads everything and owns no audit tables. `areas` knows which services lie where, `figures` counts, `outside` keeps
what others published, `council` reads the council's own audits, and `publications` freezes all of it.
"""
