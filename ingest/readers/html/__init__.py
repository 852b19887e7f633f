"""Saved web pages to articles: the tree, what on it is the article, the article's passages, and who wrote it."""
