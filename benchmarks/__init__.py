"""How long markdesk takes and what a kill leaves behind. See README.md; ``python -m benchmarks`` runs it all."""
