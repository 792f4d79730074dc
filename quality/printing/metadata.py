"""What a document says of itself to programs: that it is PDF/A-3a and, in the same file, PDF/UA-1.

WeasyPrint 70 writes the mark of one standard. The mark of PDF/UA is that of ISO 14289-1, section 5; PDF/A allows a
property that is not its own only when the file describes it (ISO 19005-3, section 6.6.2.3), so the description stands
beside it.
"""

from __future__ import annotations

from weasyprint.document import DocumentMetadata

from quality.printing.errors import PrintingError

_END = b"</rdf:RDF>"
_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"\
><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that this file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class Metadata(DocumentMetadata):
    """What WeasyPrint writes of a document, and that it is PDF/UA-1 as well."""

    def generate_rdf_metadata(self, *standard: object) -> bytes:
        """The metadata as RDF. Raises PrintingError when WeasyPrint no longer writes it as release 70 does."""
        rdf = bytes(super().generate_rdf_metadata(*standard))
        if rdf.count(_END) != 1:
            raise PrintingError(
                "The document was not made: WeasyPrint writes its metadata in an unknown way."
            )
        return rdf.replace(_END, _ACCESSIBLE + _END)
