"""The pages for people, a view a module: HTML that works without JavaScript, each at an address that restores it.

They show what the REST interface answers; nothing is asked of another server.
"""
