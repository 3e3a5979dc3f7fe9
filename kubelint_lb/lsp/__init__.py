"""The language server: findings, fixes and where traffic goes, while one types."""
