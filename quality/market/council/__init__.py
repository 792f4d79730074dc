"""The council's own audits beside the market: what improvement needs, agreement with CQC, the evidence pack."""
