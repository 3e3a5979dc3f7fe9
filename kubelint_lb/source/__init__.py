"""Text with positions: files, documents, nodes, spans. Knows no Kubernetes."""
