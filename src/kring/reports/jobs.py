"""Making a report as a job."""
