"""What has no domain: the database, the request gate, form fields, paging, the calendar and queued jobs.

Nothing here may know what an audit is, and nothing here imports a feature.
"""
