"""Briefings: a small JSON document of what was pinned, composed with the data of the day, written as DOCX, PPTX, PDF, HTML or
Markdown.

    document    what the reader pinned and wrote (`Briefing`), in JSON and in a link
    composed    the same with its words, figures and sources resolved (`Composed`): all that a writer needs
    compose     the way from one to the other, with the data of the day
    changes     which figures are no longer those that were pinned
    templates   first drafts from a Selection
    docx pptx pdf html markdown   one writer each: `write(composed) -> bytes`
"""
