"""Briefings: a small JSON document of what was pinned, composed with the data of the day, written as DOCX, PPTX, PDF, HTML or
Markdown.

    document    what the reader pinned and wrote (`Briefing`), in JSON and in a link
    composed    the same with its words, figures and sources resolved (`Composed`): all that a writer needs
    compose     the way from one to the other, with the data of the day
    pins seen changes   what a block stands for, what it says, and which figures are no longer those that were pinned
    sentences portrait grids prose   the parts a block is made of
    templates   first drafts from a Selection
    writers     the forms it is written in: docx pptx pdf html markdown, one module each with `write(composed) -> bytes`
"""
