"""Importers, exporters and the rubric file."""
