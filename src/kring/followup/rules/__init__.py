"""What figures say, decided without database or clock."""
