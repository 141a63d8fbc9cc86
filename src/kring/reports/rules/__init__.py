"""What a report says and when it may be published, decided without database or clock."""
