"""The page Briefing, in parts.

desk        the briefing being written: its blocks under names that stay, each step taken back, its place in the link
start       first drafts from templates, and briefings brought along as files
blocks      the list of blocks: what each says, and the buttons that move it
settings    language, page, cover, logo, appendix
outlet      the files to take away, the preview, the link
news        what the data changed since the briefing was made
"""
