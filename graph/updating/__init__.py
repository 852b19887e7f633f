"""SPARQL updates and whole graphs: written in a process that can be killed, judged before they are published."""
