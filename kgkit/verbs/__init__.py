"""What can be done with a graph: each function here is a method of `KnowledgeGraph`.

A method takes the graph first and hands on to the room that does the work. Heavy packages are
imported where they are needed, so that opening a graph stays quick.
"""
