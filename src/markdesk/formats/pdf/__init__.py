"""Essays saved or printed as PDF."""

from dataclasses import dataclass

from markdesk.desk.drafts import EssayDraft


@dataclass(frozen=True, slots=True)
class PdfImporter:
    """Reads ``.pdf`` files that hold text: of word processors, browsers, printers and typesetters."""

    name: str = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay in a PDF: its paragraphs put together again, its heads and feet taken off, its notes at the end.

        Raises EssayUnreadable for a file that is damaged, locked, harmful, a scan or without words.
        """
        # Here, because the program's own process only asks for the importer's name; the child that reads loads pypdf.
        from markdesk.formats.pdf.reading import read_pdf

        return read_pdf(data, file_name)
