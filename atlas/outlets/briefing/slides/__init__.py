"""What a deck is made of: its look, and one kind of slide per file.

master     theme, master and layouts
deck       a presentation being written: new slides with title, label, foot, number and notes
text       runs, links and languages; `fitting` sizes at which texts keep to their boxes
figures    a chart: an Office chart where it can be one (`chart_bars`, `chart_panels`, `chart_dots`, `chart_parts`),
           else a picture (`pictures`), else its table
tables prose endings   the other slides
"""
