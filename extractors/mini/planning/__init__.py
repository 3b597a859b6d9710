"""The planning head: operators and type of a question, and what each of its words is for.

`extractors.mini.planning.reader.load_question_reader` gives the trained one.
"""
