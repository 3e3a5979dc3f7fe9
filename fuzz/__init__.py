"""Bytes that nobody wrote on purpose, made into reports: no exception, no defect, no endless run."""
