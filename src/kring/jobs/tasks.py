"""The one queued task: run a job by its id."""

from django_tasks import task

from . import registry


@task()
def run_job(job_id: str) -> None:
    """Run a waiting job (see `registry.run`)."""
    registry.run(job_id)
