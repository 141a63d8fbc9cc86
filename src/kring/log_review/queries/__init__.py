"""What pages and the draw ask: the family's extract, a review's rows, the questions that wait."""
