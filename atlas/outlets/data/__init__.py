"""The data as files: any table, whole or filtered, all of them as one package, and the record that catalogues read.

files       the formats
query       the parameters of an address, read strictly
filtered    the rows that a Selection keeps
dictionary  what tables and columns mean
contents, read_me, package   the ZIP with its descriptor
record      the catalogue record (DCAT-AP)
"""
