"""Parsing of XML that somebody else wrote: no document types, no entities, nothing fetched."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from talent.foundation.unreadable import BrokenFile, UnsafeFile


def parsed(content: bytes) -> Element:
    """The root of this XML.

    Raises:
        UnsafeFile: it declares a document type or an entity.
        BrokenFile: it is not well-formed.
    """
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as unsafe:
        raise UnsafeFile from unsafe
    except (ParseError, ValueError, LookupError) as broken:
        raise BrokenFile from broken
    return root
