"""What a line of a file may say, and what it means: pure, with neither database nor clock."""
