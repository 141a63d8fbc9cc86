"""The extract as a job."""
