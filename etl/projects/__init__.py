"""Projects the Union pays for about social innovation and the social economy, from Kohesio and CORDIS.

data/raw --derived.normalise--> data/bulk/*.parquet: every project, never shipped
data/bulk --rows.read--> rows of projects, participants and sources: those that are social
tables --resembling.proposals--> data/review/participants.csv: which cluster a participant may lead
"""
