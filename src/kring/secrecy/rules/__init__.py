"""What is closed to whom, decided without a table or a clock."""
